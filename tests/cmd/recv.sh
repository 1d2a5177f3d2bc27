# SPDX-License-Identifier: GPL-3.0-or-later
#
# recv: what is there, as many bytes as asked; nothing there, and the end.
need jq
run_script --json <<'END'
listen server 80
connect client server:80
expect error EAGAIN recv server
send client "hello world"
recv server 5
recv server
send client "caf\é"
recv server
close client
wait server CLOSE-WAIT
recv server
END
expect_status 0
expect_equal '5 hello
6  world
0 null' "$(jq -r 'select(.call == "recv" and .errno == null) | "\(.result) \(.data)"' <<<"$output" |
	grep -v caf)" "what was received"

# Zero bytes are data like any other.
run "$NETLAB" --json -c "listen server 80; exec client bash -c 'printf \"a\\0b\" >/dev/tcp/10.0.0.2/80'; recv server"
expect_status 0
expect_equal '"a\u0000b"' "$(jq -c 'select(.call == "recv").data' <<<"$output")" "what was received"
