# SPDX-License-Identifier: GPL-3.0-or-later
#
# Keepalive gives up in three states, each with an owner: told as such, although
# an RST is seen, and never as the end of an orphan in FIN-WAIT-2. And a process
# that ends with data unread in LAST-ACK sends RST for that reason.
run_script <<'END'
option client keepalive 1s 1s 2
listen server 80
connect client server:80 as e
connect client server:80 as h
connect client server:80 as p
shutdown h
close server/3
lose all
ss client
wait e CLOSED within 20s
wait h CLOSED within 20s
wait p CLOSED within 20s
END
expect_status 0
expect_output 'FIN-WAIT-2 .* keepalive in '
expect_no_output 'fin-timeout|forgets the orphan|sent RST and forgot'
expect_equal 3 "$(grep -c 'no answer to its keepalive probes' <<<"$output")" \
	"how often keepalive is named"

run_script <<'END'
listen server 80
connect client server:80
send server hello
shutdown server
hold
shutdown client
kill client
expect client CLOSED
expect segment client>server [R.] held
END
expect_status 0
expect_order 'LAST-ACK . CLOSED' 'its process ended with data unread'
