# SPDX-License-Identifier: GPL-3.0-or-later
#
# sysctl: read and set, in one node alone.
run_script <<'END'
sysctl client tcp_fin_timeout=33
sysctl client tcp_fin_timeout
sysctl server net.ipv4.tcp_fin_timeout
sysctl server net.ipv6.conf.all.disable_ipv6
END
expect_status 0
expect_order 'client +tcp_fin_timeout = 33' 'client +tcp_fin_timeout = 33' \
	'server +net.ipv4.tcp_fin_timeout = [0-9]+' 'server .*disable_ipv6 = [01]'
expect_equal 2 "$(grep -c '= 33' <<<"$output")" "those set"
for wrong in 'sysctl client no_such_key' 'sysctl client no_such_key=1' \
	'sysctl client tcp_fin_timeout=x' 'sysctl client ../../kernel/hostname=x' 'sysctl client ='; do
	run "$NETLAB" -c "$wrong"
	expect_status 1
	expect_equal 1 "$(wc -l <<<"$output")" "$wrong: lines"
done
