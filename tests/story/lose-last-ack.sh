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
expect client TIME-WAIT
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
expect none client
recv server
expect error ECONNRESET send server late
faults
END
}

with_fates='4 client [F.] delivered - -
5 server [.] delivered - -
6 server [F.] delivered - -
7 client [.] lost 1 -
8 server [F.] delivered - true
9 client [.] delivered - -
state client TIME-WAIT segment 6
state server CLOSED segment 9
struck 1 done'

without_fates='4 client [F.] delivered - -
5 server [.] delivered - -
6 server [F.] delivered - -
7 client [.] lost 1 -
8 server [F.] delivered - true
9 client [R] delivered - -
state client TIME-WAIT segment 6
state client CLOSED segment 6
state server CLOSED segment 9
error send ECONNRESET
struck 1 done'

# What became of the segments from the first FIN on, and of the sockets.
fates() # FILE
{
	jq -rs '(.[] | select(.event == "segment" and .n > 3) |
			"\(.n) \(.from) [\(.flags)] \(.fate) \(.fault // "-") \(.retransmission // "-")"),
		(.[] | select(.event == "state" and (.to == "TIME-WAIT" or .to == "CLOSED")) |
			"state \(.node) \(.to) \(.cause)"),
		(.[] | select(.event == "call" and .call == "send" and .errno) | "error send \(.errno)"),
		(.[] | select(.event == "fault" and .struck > 0) | "struck \(.struck) \(.state)")' "$1"
}

play() # KIND RUN
{
	"$NETLAB" --json "$TMP/$1.lab" >"$TMP/$1.$2" 2>&1 || fail "run $2 $1: $(cat "$TMP/$1.$2")"
	fates "$TMP/$1.$2" >"$TMP/$1.$2.fates"
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
	expect_equal "$with_fates" "$(cat "$TMP/with.$i.fates")" "run $i, with TIME-WAIT,"
done
for ((i = 0; i < times; i += 4)); do
	expect_equal "$without_fates" "$(cat "$TMP/without.$i.fates")" "run $i, without TIME-WAIT,"
done
