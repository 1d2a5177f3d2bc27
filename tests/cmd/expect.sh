# SPDX-License-Identifier: GPL-3.0-or-later
#
# expect: each kind of check passes and fails, and says what was seen.
fails() # TEXT COMMANDS
{
	run "$NETLAB" -c "listen server 80; connect client server:80; $2"
	expect_status 1
	expect_output "$1"
}

run_script <<'END'
listen server 80
connect client server:80
expect segment [S]
expect segment client>server S seq 0 len 0 n 1 delivered
expect segment client>server n 3 ack 1
expect client ESTAB
expect server/listen LISTEN
expect error EADDRINUSE listen server 80 as second
expect error ECONNREFUSED connect client server:1 as third
expect none third
hold
close client
echo "an echo begins no new window"
ss
expect segment client>server F. held
expect segment client>server [F.]
END
expect_status 0

fails 'expected client CLOSED, but it is ESTAB' 'expect client CLOSED'
fails 'expected no socket of client, but client is ESTAB' 'expect none client'
fails 'no such segment .* client>server \[S\]' 'expect segment [R]'
fails 'no such segment' 'expect segment server>client [S]'
fails 'no such segment' 'expect segment client>server [S] len 1'
fails 'no such segment' 'expect segment client>server [S] dropped'
fails 'no such segment' 'send client hello; expect segment [S]'
fails 'expected EADDRINUSE, but "listen server 81 as second" succeeded' \
	'expect error EADDRINUSE listen server 81 as second'
fails 'expected EADDRINUSE, but it was: .*ECONNREFUSED' \
	'expect error EADDRINUSE connect client server:1 as second'
# what the failing command says is not said twice
expect_equal 1 "$(grep -c 'expected EADDRINUSE' <<<"$output")" "the number of complaints"
# the tables are shown with it
fails 'ESTAB +0 +0 +10.0.0.1:40000' 'expect client CLOSED'

for wrong in 'expect' 'expect client' 'expect client NONSENSE' 'expect nobody ESTAB' \
	'expect none nobody' 'expect segment [X]' 'expect segment seq' 'expect segment client>nobody' \
	'expect error' 'expect error EADDRINUSE' 'expect error ENONSENSE close client' \
	'expect client ESTAB CLOSED'; do
	fails '^-c:3: ' "$wrong"
done

# One state of several; no segment of a kind.
run_script <<'END'
listen server 80
connect client server:80
expect client ESTAB or CLOSED
expect client time-wait or fin-wait-1 or estab
expect no segment R
expect no segment client>server [S] len 1
expect segment client>server S
hold
expect no segment
END
expect_status 0
fails 'expected client TIME-WAIT or CLOSED, but it is ESTAB' 'expect client TIME-WAIT or CLOSED'
fails '"NONSENSE" is no TCP state' 'expect client ESTAB or NONSENSE'
fails 'there was such a segment since the last command: client>server \[S\]' \
	'expect no segment client>server S'
for wrong in 'expect client ESTAB or' 'expect client or ESTAB' 'expect client ESTAB and CLOSED' \
	'expect none client or server' 'expect no' 'expect no client' 'expect no segment nonsense'; do
	fails '^-c:3: ' "$wrong"
done
# The kernel's counters, since the last look at them.
run_script <<'END'
listen server 80
connect client server:80
expect counter client ActiveOpens = 1
expect counter client TcpActiveOpens = 1
expect counter client tcpactiveopens >= 1
expect counter client ActiveOpens|PassiveOpens|NoSuchCounter < 2
expect counter server ActiveOpens|PassiveOpens <= 1
expect counter server PassiveOpens != 0
expect counter server PassiveOpens > 0
counters client
expect counter client ActiveOpens = 0
expect counter server PassiveOpens = 1
expect sysctl client tcp_fin_timeout 60
expect sysctl client fin-timeout 1min
END
expect_status 0
[ "$KERNEL" = host ] || exit 0 # what follows has nothing to do with the kernel
fails 'expected ActiveOpens of client = 2 since the last look, but it is 1' \
	'expect counter client ActiveOpens = 2'
fails 'but it is 1' 'expect counter client ActiveOpens|PassiveOpens < 1'
fails 'no counter "TCPTimeWaitOverflw"; did you mean TCPTimeWaitOverflow\?' \
	'expect counter client TCPTimeWaitOverflw = 0'
fails 'is no comparison' 'expect counter client ActiveOpens ~ 0'
fails 'is no number' 'expect counter client ActiveOpens = x'
fails 'usage: expect counter' 'expect counter client ActiveOpens'
fails 'names no counter' 'expect counter client | = 0'
fails 'did you mean client' 'expect counter cleint ActiveOpens = 0'
fails 'expected net.ipv4.tcp_fin_timeout of client = 61, but it is 60' \
	'expect sysctl client fin-timeout 61'
fails 'expected tcp_rmem of client' 'expect sysctl client tcp_rmem 61'
fails 'usage: expect sysctl' 'expect sysctl client tcp_fin_timeout'
fails 'no sysctl' 'expect sysctl client tcp_nonsense 1'
