# SPDX-License-Identifier: GPL-3.0-or-later
# test: root
#
# Only while a fault looks at a direction does its TCP go through the gate: once the
# last one is over the kernel carries it again, whether it was held meanwhile or not.
need tc nsenter tmux

# Where frames that enter at the client's end are led: ways for all of them, and
# for TCP.
ways()
{
	nsenter -t "$pid" -n tc filter show dev l0a ingress 2>/dev/null | grep -c 'mirred'
}

ways_are() # NUMBER
{
	[ "$(ways)" = "$1" ]
}

screen_start 100 50 "$NETLAB"
screen_wait '^netlab>'
for pid in $(family_of "$(screen_pid)"); do
	[ "$(readlink "/proc/$pid/exe")" = "$(readlink -f "$NETLAB")" ] && ways_are 1 && break
done
ways_are 1 || fail "the wire is not found"
screen_enter 'listen server 80; connect client server:80'
screen_wait 'ESTAB'
screen_enter 'lose fin; late rst all by 1ms'
wait_for ways_are 3
screen_enter 'hold; fault 2 off; close client'
screen_wait 'lost by fault 1'
wait_for ways_are 3
screen_enter 'release'
wait_for ways_are 1
screen_enter 'lose server>client ack nth 9'
screen_wait 'fault 3'
ways_are 1 || fail "nothing looks at what the client sends"
screen_enter 'hold client>server; release; lose client>server ack'
screen_wait 'fault 4'
wait_for ways_are 3
screen_enter 'fault 4 off'
wait_for ways_are 1
screen_enter 'quit'
