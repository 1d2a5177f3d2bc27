# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, timeout 120
#
# Every change of state that netlab tells is in the kernel's own record, the
# tracepoint sock:inet_sock_set_state, and the other way round. Its blind spot:
# where a socket is replaced by a minisock (FIN-WAIT-2, TIME-WAIT) it says CLOSE,
# and of what that does later it knows nothing.
need jq unshare
# shellcheck source=tests/helpers/closes.bash
. "$TOP/tests/helpers/closes.bash"

tracing=/sys/kernel/tracing
if [ ! -d $tracing/events ] && [ -z "${UNSHARED:-}" ]; then
	UNSHARED=yes BASH_ENV=$TOP/tests/lib.sh exec unshare -m sh -c \
		"mount -t tracefs trace $tracing 2>/dev/null; exec bash $0"
fi
[ -d $tracing/events/sock/inet_sock_set_state ] || skip "the kernel shows no such tracepoint"
trace=$tracing/instances/netlab-$$
mkdir "$trace" 2>/dev/null || skip "tracefs gives no instance of its own"
trap 'close_leave; echo 0 >"$trace/events/enable"; rmdir "$trace"' EXIT
switch=$trace/events/sock/inet_sock_set_state

# Ports that nobody else beside us uses, not the problems' own of 20000 to 22000
# either: the record knows no namespaces.
port=$((23000 + RANDOM % 6000)) from=$((30000 + RANDOM % 10000))

# "LOCAL-PORT PEER-PORT FROM TO", in order, a socket after the other. A child of
# a listener begins in the listener's state; older kernels give it its peer's
# port only after that.
kernel_says()
{
	sed -nE 's/.* sport=([0-9]+) dport=([0-9]+) .*oldstate=TCP_([A-Z0-9_]+) newstate=TCP_([A-Z0-9_]+).*/\1 \2 \3 \4/p' \
		"$trace/trace" |
		sed -E 's/ESTABLISHED/ESTAB/g; s/FIN_WAIT/FIN-WAIT-/g; s/\bCLOSE\b/CLOSED/g; s/_/-/g' |
		awk -v child="$from" '
			$3 == "LISTEN" && $4 == "SYN-RECV" { $2 = child; $3 = "CLOSED" }
			$3 != $4' | sort -s -n -k 1,2
}

# netlab's, as the kernel's record would have it.
netlab_says()
{
	jq -r 'select(.event == "state") | "\(.socket) \(.from) \(.to)"' "$TMP/told" |
		sed -E 's/^[0-9.]+:([0-9]+) ([0-9.]+:([0-9]+)|\*)/\1 \30/; s/^([0-9]+ [0-9]+)0 /\1 /' |
		awk '$3 != "TIME-WAIT" { sub(/TIME-WAIT$/, "CLOSED"); print }' | sort -s -n -k 1,2
}

# The second kernel runs on an emulated processor: the closes that differ most.
[ "$KERNEL" = debian ] && closes="client_first both server_first_free half_close drop_last_ack killed_unread"

for name in $closes; do
	echo "sport == $port || dport == $port" >"$switch/filter"
	echo >"$trace/trace"
	echo 1 >"$switch/enable"
	close_play "$name"
	echo 0 >"$switch/enable"
	close_leave
	! grep -q 'overrun: [1-9]' "$trace"/per_cpu/cpu*/stats || fail "the record is not whole"
	expect_equal "$(kernel_says)" "$(netlab_says)" "$name: the states"
	[ -n "$(netlab_says)" ] || fail "$name: nothing was compared"
	port=$((port + 1)) from=$((from + 1))
done
