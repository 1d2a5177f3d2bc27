# SPDX-License-Identifier: GPL-3.0-or-later
#
# where: a command for kernels that have a sysctl, or lack it.
run_script <<'END'
where client has tcp_fin_timeout echo it has
where client lacks tcp_fin_timeout echo it lacks
where client has tcp_nonsense echo it has nonsense
where client lacks tcp_nonsense echo it lacks nonsense
where client lacks net.ipv4.tcp_nonsense where client has net.ipv4.tcp_fin_timeout echo both
say One paragraph,
where client has tcp_fin_timeout say on each kernel
where client lacks tcp_fin_timeout say or not
say as it should be.
listen server 80
where client has tcp_fin_timeout connect client server:80
expect segment client>server [S]
where client lacks tcp_nonsense expect error ECONNREFUSED connect client server:81 as second
END
expect_status 0
expect_order '^it has$' '^it lacks nonsense$' '^both$' \
	'^One paragraph, on each kernel as it should be\.$' '^  node .* state'
expect_no_output 'it lacks$' 'has nonsense'

# What it runs may fail, and what it passes over must be a command all the same.
run_script -k <<'END'
where client has tcp_fin_timeout connect client server:81
where client has tcp_nonsense nonsense
where client has tcp_fin_timeout nonsense
where client has tcp_fin_timeout
where client hasnt tcp_fin_timeout echo x
where nobody has tcp_fin_timeout echo x
where client has a/../b echo x
END
expect_status 1
expect_order ':1: .*ECONNREFUSED' ':2: no command "nonsense"' ':3: no command "nonsense"' \
	':4: where: COMMAND is missing' ':5: "hasnt" is none of has\|lacks' ':6: no node "nobody"'
expect_equal 1 "$(grep -c 'script.lab:1:' <<<"$output")" "complaints about line 1"
expect_no_output '^x$'
