# SPDX-License-Identifier: GPL-3.0-or-later
#
# A router that swallows one segment after the other keeps no command waiting for
# all of them: it has ended before a hundred more have come.
long=$(awk "BEGIN { print 0.05 * $SLOWER }") # of a connect() that gets no answer
sent='$(cat /sys/class/net/eth0/statistics/tx_packets)'
run_script <<END
topology chain 1
exec r1 sysctl -q -w net.ipv4.ip_forward=0
exec h1 sh -c 'setsid bash -c "for ((i = 0; i < 400; i++)); do echo >>$TMP/rounds; timeout $long bash -c \"exec 3<>/dev/tcp/10.0.1.2/80\" 2>/dev/null; [ ! -e $TMP/stop ] || break; sleep 0.05; done" >/dev/null 2>&1 </dev/null &'
exec h1 sh -c 'until [ $sent -gt 0 ]; do sleep 0.05; done; wc -l <$TMP/rounds >$TMP/before'
listen h1 90
exec h1 sh -c 'wc -l <$TMP/rounds >$TMP/after; touch $TMP/stop'
echo and on
END
expect_status 0
expect_order 'h1 +listen\(\) = 0 on port 90' '^and on$'
expect_output 'lost in r1'
rounds=$(($(cat "$TMP/after") - $(cat "$TMP/before")))
[ $rounds -lt 100 ] || fail "listen waited for $rounds connections of others"
wait_for no_test_processes
