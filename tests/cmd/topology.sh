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
expect_output '"event":"topology","name":"tree","words":"\[DEPTH=2, 1-12\] \[FANOUT=2, 2-1022\]","summary":"switches'

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
# A wrong word is one of the line that was typed, not of the file that reads it.
refuses() # REGEX WORDS
{
	run "$NETLAB" -k -c "topology $2; ping client server"
	expect_status 1
	expect_output "^-c:1: $1" 'echo reply after'
}
refuses 'tree: FANOUT is a number of 2 to 1022, not "1"$' 'tree 2 1'
refuses 'tree: DEPTH is a number of 1 to 12, not "0"$' 'tree 0 0'
refuses 'star: HOSTS is a number of 0 to 1023, not "many"$' 'star many'
refuses 'star: HOSTS is a number of 0 to 1023, not "1024"$' 'star 1024'
refuses 'star: HOSTS is a number of 0 to 1023, not "-1"$' 'star -1'
refuses 'chain: ROUTERS is a number of 1 to 9998, not "0"$' 'chain 0'
refuses 'ring: ROUTERS is a number of 3 to 5000, not "2"$' 'ring 2'
refuses 'dumbbell: PAIRS is a number of 0 to 4999, not "1.5"$' 'dumbbell 1.5'
refuses 'rate "10mbi": no unit "mbi"' 'dumbbell 2 10mbi'
refuses 'delay "5m": no unit "m"' 'dumbbell 2 10mbit 5m'
run "$NETLAB" -c 'lesson a1-four-steps soon'
expect_output '^-c:1: a1-four-steps: WAIT is a whole number, not "soon"$'

# Who has called for the file with the wrong line is told, too.
printf '%s\n' 'echo well' "topology $TMP/wrong.lab" >"$TMP/outer.lab"
run "$NETLAB" -c "source $TMP/outer.lab"
expect_output "^$TMP/wrong.lab:1: .*named twice \(from $TMP/outer.lab:2\)$"

# A file by its name alone; one that save has made needs no .lab.
cd "$TMP" || exit
run "$NETLAB" -c 'host mine; save here; topology here; show links; remove mine'
expect_status 0
HOME=$TMP run "$NETLAB" -c 'host mine; save ~/home.lab; topology ~/home.lab; remove mine; source ~/home.lab'
expect_output "^$TMP/home.lab:2: there is a host \"client\" already"
[ -e "$TMP/home.lab" ] || fail "~ is not the user's folder"
HOME=$TMP run "$NETLAB" -c 'save ~'
expect_output "^-c:1: $TMP is a directory; name a file in it$"
run "$NETLAB" -c 'topology pair 3'
expect_output '^-c:1: "3" is one word too many: topology pair$'
run "$NETLAB" -c 'topology strar'
expect_status 1
expect_output 'no topology "strar"; did you mean star\?'
