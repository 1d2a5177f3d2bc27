# SPDX-License-Identifier: GPL-3.0-or-later
#
# A router that does not send a segment on: it is lost in there at once, as the
# segment's fate, with what the router tells its sender by ICMP. A SYN's sender
# gives up, an open connection goes on.
need jq

run_script --json <<'END'
topology chain 2
ipv6 on
host h3
link h3 r1
listen h2 80
hold
connect h1 h2:80 as first
link r1 r2 down
step
expect first CLOSED
link r1 r2 up
connect h1 h2:80 as four
step
step
step
connect h1 [h2]:80 as six
step
step
step
lose h1>h2 data retransmission all
link r1 r2 down
send four x
step
expect four ESTAB
close six
step
expect six FIN-WAIT-1
END
expect_status 0
lost=$(jq -r 'select(.event == "segment" and .fate == "lost" and .fault == null) |
	"\(.to) \(.flags) \(.inside) \(.icmp)"' <<<"$output")
expect_equal 'h2 S r1 destination net unreachable
h2 P. r1 destination net unreachable
h2 F. r1 no route to the destination' "$lost"
whys=$(jq -r 'select(.event == "segment" and .fate == "lost" and .fault == null) | .why' <<<"$output" | cut -c1-48)
expect_equal 'null
ICMP says that it goes nowhere: no reason to giv
ICMP says that it goes nowhere: no reason to giv' "$whys"
expect_output '"event":"call".*"endpoint":"first","call":"connect","result":-1,"errno":"ENETUNREACH"'
seen=$(jq -r 'select(.event == "state" and .endpoint == "first" and .to == "CLOSED") | "\(.cause) \(.rfc)"' <<<"$output")
expect_equal 'segment 1 RFC 5461' "$seen"

run_script <<'END'
topology chain 66
listen h2 80
hold
connect h1 h2:80
step
ladder
END
expect_status 0
expect_order '  #1 h1 > h2 \[S\] seq 0   lost in r64, which did not send it on$' \
	'r64 tells its sender by ICMP: time to live exceeded \(RFC 792\)$' 'SYN-SENT . CLOSED$' \
	'it gives up at once' 'connect\(\) = -1 EHOSTUNREACH'

# Nobody has the address any more.
run_script <<'END'
topology chain 1
host h3
link h3 r1
listen h2 80
hold
connect h1 h2:80
step
step
step
unlink h2 r1
close h1
step
expect h1 FIN-WAIT-1
END
expect_status 0
expect_output '#4 h1 > 10\.0\.1\.2:80 \[F\.\] seq 1 ack 1   lost in r1, which did not send it on$'

# A switch that does not know for whom it is: those that it sends it to have not lost it.
run_script <<'END'
topology star 4
listen h2 80
connect h1 h2:80
hold
send h1 hi
remove h2
step
END
expect_status 0
expect_output '#4 h1 > h2 \[P\.\] .*   lost in s1, which did not send it on$'

# What it means depends on the state, and on the error.
run_script <<'END'
topology chain 2
listen h2 80
hold
connect h1 h2:80
step
link r1 r2 down
step
topology chain 1
listen h2 80
connect h1 h2:80
exec r1 ip link set eth1 mtu 800
send h1 1400
END
expect_status 0
expect_order 'h2 +SYN-RECV . CLOSED$' 'its SYN-ACK goes nowhere: half open, it is dropped in silence' \
	'r1 tells its sender by ICMP: fragmentation needed' 'h1 +stays ESTAB$' 'in smaller segments' \
	'seq 1:749 ack 1 len 748'
