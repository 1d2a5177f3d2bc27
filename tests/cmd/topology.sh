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

# What there is, told and loaded; each of them is whole.
run "$NETLAB" -c topology
expect_status 0
for name in chain dumbbell nat pair proxy ring star tree two-paths; do
	expect_output "^  $name  "
	grep -q "^# $name: " "$TOP/topologies/$name.lab" || fail "$name.lab does not say what it is"
done
expect_no_output '^  close '
run "$NETLAB" --json -c topology
expect_output '"event":"topology","name":"tree","words":"\[DEPTH=2\] \[FANOUT=2\]","summary":"switches'

pings() # SUM TOPOLOGY...
{
	run "$NETLAB" -c "topology ${*:2}; pingall"
	expect_output "^  $1 of $1 answered$"
	expect_status 0
}
pings 2 pair
pings 12 star
pings 2 star 2
pings 2 chain
pings 2 chain 1
pings 2 chain 5
pings 12 dumbbell
pings 30 dumbbell 3 100mbit 1ms
pings 12 ring
pings 6 ring 3
pings 12 tree
pings 2 tree 1 2
pings 56 tree 3 2
pings 72 tree 2 3
pings 2 two-paths
run "$NETLAB" -c 'topology proxy; pingall'
expect_output '^  client -> proxy -$' '^  proxy -> client server$' '^  4 of 4 answered; 2 not sent'
run "$NETLAB" -c 'topology tree 2 1'
expect_status 1
expect_output 'tree.lab:[0-9]+: the formula .* divides by zero'
run "$NETLAB" -c 'topology star many'
expect_status 1
expect_output 'star.lab:[0-9]+: "many" is no number of times'
run "$NETLAB" -c 'topology strar'
expect_status 1
expect_output 'no topology "strar"; did you mean star\?'
