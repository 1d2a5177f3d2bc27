# SPDX-License-Identifier: GPL-3.0-or-later
#
# wait: for a state to come, not longer than said, and what it says then.
run_script <<'END'
listen server 80
connect client server:80
wait client ESTAB
close client
wait server CLOSE-WAIT within 10s
client wait FIN-WAIT-2 within 10s
END
expect_status 0
run "$NETLAB" -c 'listen server 80; connect client server:80; wait client CLOSED within 50ms'
expect_status 1
expect_output '^-c:3: client is ESTAB, not CLOSED, after 50 ms'
run "$NETLAB" -c 'wait nobody ESTAB within 10ms'
expect_status 1
expect_equal 1 "$(wc -l <<<"$output")" "lines"
