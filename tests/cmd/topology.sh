# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# topology: a fresh lab; the old one stays where the new one does not stand.
run_script <<'END'
listen server 80
connect client server:80
topology pair
expect none client
listen server 80
connect client server:80
expect client ESTAB
END
expect_status 0

printf '%s\n' 'host a b' 'link a b' 'sysctl a tcp_fin_timeout=$1' >"$TMP/ab.lab"
run "$NETLAB" -c "topology $TMP/ab.lab 44; sysctl a tcp_fin_timeout; ping a b"
expect_status 0
expect_output '= 44'
run "$NETLAB" -t "$TMP/ab.lab" -c "ping a b"
expect_status 1 # $1 is not given

printf '%s\n' 'host a a' >"$TMP/wrong.lab"
run "$NETLAB" -k -c "listen server 80; connect client server:80; topology $TMP/wrong.lab; topology nonsense
	topology /nonsense.lab; expect client ESTAB; send client hello; ping client server; close client"
expect_status 1
expect_output "^$TMP/wrong.lab:1: " 'no topology "nonsense"' 'no topology file /nonsense.lab' \
	'echo reply after' 'client  close\(\) = 0'
expect_no_output 'expected client'
run "$NETLAB" -t nonsense -c 'echo never'
expect_status 1
expect_no_output never
