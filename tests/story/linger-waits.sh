# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits
#
# SO_LINGER with a time: close() waits until the FIN is ACKed, or the time is
# over; meanwhile the endpoint does what it is asked.
need jq
run_script --json <<'END'
option client linger 30
listen server 80
connect client server:80
close client
expect client FIN-WAIT-2
close server
connect client server:80 as second
listen client 81
link client server down
option second linger 1
connect client client:81 as beside
close second
expect second FIN-WAIT-1
END
expect_status 0
# the first one was ACKed, the second one gave up after a second
calls=$(jq -c 'select(.call == "close" and (.endpoint | test("^(client|second)"))) | [.endpoint, .errno]' <<<"$output")
expect_equal '["client",null]
["second",null]' "$calls" "the calls"

# Held, its end comes later; the endpoint answers meanwhile, and can be killed.
run_script <<'END'
option client linger 2
listen server 80
connect client server:80
connect client server:80
hold
close client/1
send client/2 hello
expect client/1 FIN-WAIT-1
step 2
kill client
END
expect_status 0
expect_order 'client +close\(\) has begun, its end will be told' 'client/2 send\(\) = 5' 'process ended by SIGKILL'

# Neither an ACK nor a signal: the waiting ends by itself.
screen_start 100 40 "$NETLAB"
screen_wait '^netlab>'
for line in 'option client linger 1' 'listen server 80' 'connect client server:80' hold 'close client'; do
	screen_enter "$line"
done
screen_wait 'close\(\) = 0 after [12]\.[0-9] s: SO_LINGER'
