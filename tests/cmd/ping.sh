# SPDX-License-Identifier: GPL-3.0-or-later
#
# ping: round trips, both ways, counted; what does not answer is said.
run "$NETLAB" -c 'ping client server; client ping server count 3; ping server 10.0.0.1'
expect_status 0
expect_equal 5 "$(grep -c 'echo reply after' <<<"$output")" "the replies"
expect_equal 1 "$(grep -c '^  3 of 3 answered: min .*, avg .*, max ' <<<"$output")" "the sums"
run "$NETLAB" --json -c 'ping client server'
expect_output '"event":"ping","from":"client","to":"server","time":[0-9.]+'
run "$NETLAB" --json -c 'ping client server count 2'
expect_output '"event":"pings","sent":2,"answered":2,"min":[0-9.]+,"avg":[0-9.]+,"max":[0-9.]+'
run "$NETLAB" -c 'exec server ip link set dev eth0 down; ping client server count 2'
expect_status 1
expect_output 'no reply' '^  0 of 2 answered$' '2 of 2 echo requests were not answered'

# IPv6 by name and by address; of several addresses the one that is near
run "$NETLAB" -c 'ipv6 on; ping client server ipv6; ping client fd00::2 count 2'
expect_status 0
run "$NETLAB" -c 'ping client 10.0.0.2 ipv6'
expect_status 1
expect_output 'is no IPv6 address'
run "$NETLAB" -c 'topology chain; ping h1 r2; ping h2 r2; netem h1>r1 loss 100%; ping h2 r1'
expect_status 0

# An ICMP error, and who sent it. How soon a router sends the next is the kernel's
# own affair (net.ipv4.icmp_ratelimit).
run "$NETLAB" -c 'topology chain 3; ping h1 h2; exec r2 ip route del 10.0.3.0/30; ping h1 h2'
expect_status 1
expect_output '^  h1 > h2  destination net unreachable, from r2 \(10\.0\.1\.2\)$' \
	'1 of 1 echo requests were not answered'
run "$NETLAB" -c 'topology chain 3; ipv6 on; ping h1 h2 ipv6
	exec r2 ip -6 route del fd00:0:0:3::/64; ping h1 h2 ipv6'
expect_status 1
expect_output '^  h1 > h2  no route to the destination, from r2 \(fd00:0:0:1::2\)$'
run "$NETLAB" --json -c 'topology chain 3; ping h1 h2; exec r1 ip route add prohibit 10.0.3.2
	ping h1 h2'
expect_output '"event":"ping",.*"time":null,"error":"communication prohibited","by":"r1","address":"10\.0\.0\.2"'

[ "$KERNEL" = host ] || exit 0 # what follows has nothing to do with the kernel
# A way that is longer than packets live is told of once it is built, and only then.
run "$NETLAB" -c 'topology chain 63; ping h1 h2'
expect_status 0
expect_no_output 'longest way'
run "$NETLAB" -k -c 'topology chain 64; ping h1 h2; ping h1 r64; link r1 r2 down; link r1 r2 up; ping h2 h1'
expect_status 1
expect_order '^  lab +the longest way leads over 64 routers; .* is 64, get over 63$' \
	'^  h1 > h2  time to live exceeded, from r64 \(10\.0\.63\.2\)$' \
	'^  h1 > r64  echo reply after' '^  h2 > h1  time to live exceeded, from r1 \(10\.0\.1\.1\)$'
expect_equal 1 "$(grep -c 'longest way' <<<"$output")" "the remarks"
run "$NETLAB" -c 'topology chain 66; ipv6 on; sysctl h1 net.ipv4.ip_default_ttl=255
	sysctl h2 net.ipv4.ip_default_ttl=255; ping h1 h2; ping h1 h2 ipv6'
expect_status 1
expect_output '^  h1 > h2  echo reply' '^  h1 > h2  hop limit exceeded, from r64 \('
run "$NETLAB" -c 'ping client 10.0.0.3'
expect_status 1
expect_output '^-c:1: 10\.0\.0\.3 is a broadcast address for client: name one node'
