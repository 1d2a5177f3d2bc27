# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, timeout 240
#
# The last ACK is lost, free running, a hundred times and several at once: always just
# that segment. With TIME-WAIT the FIN that comes again is ACKed again, and the close is
# clean. Without it an RST goes back, and the application has an error.
need jq
times=100
[ "$KERNEL" = debian ] && times=4

with_time_wait()
{
	cat <<'END'
listen server 80
connect client server:80
lose last-ack
close client
close server
wait server CLOSED
faults
END
}

# The client keeps its descriptor, so that its socket lives until its last ACK.
without_time_wait()
{
	cat <<'END'
sysctl client tcp_max_tw_buckets=0
listen server 80
connect client server:80
lose last-ack
shutdown client
shutdown server
wait server CLOSED
recv server
expect error ECONNRESET send server late
faults
END
}

# The first ACK of the server's FIN, and what closed the server; a busy machine may
# send FINs again in between.
with_story='lost client [.] ack 2, the first
client TIME-WAIT
server CLOSED by client [.]
struck 1 done'

without_story='lost client [.] ack 2, the first
client CLOSED
server CLOSED by client [R]
error send ECONNRESET
struck 1 done'

story() # FILE
{
	jq -rs '[.[] | select(.event == "segment" and .fate != "absorbed")] as $all |
		(first($all[] | select(.from == "client" and .flags == "." and .ack == 2)) | .n) as $first |
		($all[] | select(.fate == "lost" or .fault) |
			"\(.fate) \(.from) [\(.flags)] ack \(.ack), \(if .n == $first then "the first" else "#\(.n)" end)"),
		(.[] | select(.event == "state" and .node == "client" and
			(.to == "TIME-WAIT" or (.to == "CLOSED" and (.why | test("tcp_max_tw_buckets"))))) |
			"client \(.to)"),
		(.[] | select(.event == "state" and .node == "server" and .to == "CLOSED") |
			(.cause | ltrimstr("segment ") | tonumber) as $n |
			($all[] | select(.n == $n)) | "server CLOSED by \(.from) [\(.flags)]"),
		(.[] | select(.event == "call" and .call == "send" and .errno) | "error send \(.errno)"),
		(.[] | select(.event == "fault" and .struck > 0) | "struck \(.struck) \(.state)")' "$1"
}

play() # KIND RUN
{
	"$NETLAB" --json "$TMP/$1.lab" >"$TMP/$1.$2" 2>&1 || fail "run $2 $1: $(cat "$TMP/$1.$2")"
	story "$TMP/$1.$2" >"$TMP/$1.$2.story"
	rm -f "$TMP/$1.$2"
}

with_time_wait >"$TMP/with.lab"
without_time_wait >"$TMP/without.lab"
for ((i = 0; i < times; i += 4)); do
	pids=()
	for ((j = i; j < i + 4; j++)); do
		play with $j &
		pids+=($!)
		[ $((j % 4)) != 0 ] || play without $j
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || fail "a run has failed"
	done
done
for ((i = 0; i < times; i++)); do
	expect_equal "$with_story" "$(cat "$TMP/with.$i.story")" "run $i, with TIME-WAIT,"
done
for ((i = 0; i < times; i += 4)); do
	expect_equal "$without_story" "$(cat "$TMP/without.$i.story")" "run $i, without TIME-WAIT,"
done
