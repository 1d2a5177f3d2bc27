# SPDX-License-Identifier: GPL-3.0-or-later
#
# The server's FIN comes again after its ACK was lost: the client's TIME-WAIT
# starts anew, with its whole time.
need jq

run_script --json <<'END'
listen server 80
connect client server:80
hold
close client
step 2
close server
step
drop
wait server LAST-ACK
ss client
sleep 1s
ss client
step within 10s
ss client
step
expect server CLOSED
END
expect_status 0

mapfile -t left < <(jq 'select(.event == "socket" and .state == "TIME-WAIT").timer_ms' <<<"$output")
expect_equal 3 ${#left[@]} "the looks at TIME-WAIT"
[ "${left[1]}" -lt "${left[0]}" ] || fail "the countdown stands still: ${left[*]} ms"
[ "${left[2]}" -gt "${left[1]}" ] || fail "TIME-WAIT did not start anew: ${left[*]} ms"
expect_output '"state":"TIME-WAIT".*"timer":"timewait".*"minisock":true'
