# SPDX-License-Identifier: GPL-3.0-or-later
#
# ping: round trips, both ways, counted; what does not answer is said.
run "$NETLAB" -c 'ping client server; client ping server count 3; ping server 10.0.0.1'
expect_status 0
expect_equal 5 "$(grep -c 'echo reply after' <<<"$output")" "the replies"
run "$NETLAB" --json -c 'ping client server'
expect_output '"event":"ping","from":"client","to":"server","time":[0-9.]+'
run "$NETLAB" -c 'exec server ip link set dev eth0 down; ping client server'
expect_status 1
expect_output 'no reply within 1 s' '1 of 1 echo requests were not answered'
