# SPDX-License-Identifier: GPL-3.0-or-later
#
# fault: one or all are ended, and strike no more; a connection that they looked at
# goes on, with nothing lost or doubled.
run_script <<'END'
expect error ENOENT fault 1 off
expect error EINVAL fault x off
listen server 80 echo
connect client server:80
lose data all
late ack all by 1ms
fault 1 off
send client hello
expect segment client>server [P.] seq 1 delivered
fault all off
faults
send client again
expect segment client>server [P.] seq 6 delivered
END
expect_status 0
expect_output '^ +1 +lose data all +0 +0 +off' '^ +2 +late ack all by 1ms +[1-9][0-9]* +[1-9][0-9]* +off'
expect_no_output 'lost'

# Holding, releasing and faults come and go on an open connection: all of what is
# sent arrives, in order and once.
{
	echo 'listen server 80'
	echo 'connect client server:80'
	for _ in 1 2 3 4 5; do
		printf '%s\n' 'lose rst all' hold "send client 3000" 'step 2' 'fault all off' 'lose syn all' \
			release 'send client 7000' hold 'send client 100' 'fault all off' 'late rst by 1s' \
			release "fault all off" 'send client 900' "ss server"
	done
} >"$TMP/flow.lab"
run "$NETLAB" "$TMP/flow.lab"
output=$(grep -vE '^  (client|server) +stays|data for its|data is ACKed|\[\.\] ack|^  node|^$' <<<"$output")
expect_status 0
expect_no_output 'lost' 'gap before'
# What its sender's timer has sent again may come twice; nothing else.
doubled=$(grep -B 1 'had that already' <<<"$output" | grep '#[0-9]' | grep -v 'sent again')
[ -z "$doubled" ] || fail "doubled: $doubled"
expect_output 'ESTAB +55000 +0 '
