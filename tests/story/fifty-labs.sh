# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120
#
# Fifty labs at once, all with the same names and addresses: each server hears
# its own client alone, and each lab ends as if it were the only one. Whatever else
# the kernel is busy with, a lab that is built works: the first pings arrive, over a
# switch, too.
labs=50
[ "$KERNEL" = host ] || labs=10 # its memory is small
pids=()
trap 'kill -9 $(jobs -p) 2>/dev/null' EXIT
for ((i = 0; i < labs; i++)); do
	mkfifo "$TMP/$i.go"
	cat >"$TMP/$i.lab" <<END
topology star 3
pingall
listen h2 80 as server
connect h1 h2:80 as client
send client lab$i
wait server ESTAB
recv server
expect server ESTAB
exec h2 sh -c 'touch $TMP/$i.ready; read -r _ <$TMP/$i.go'
close client
close server
expect client TIME-WAIT
expect server CLOSED
END
	"$NETLAB" --json "$TMP/$i.lab" >"$TMP/$i.out" 2>&1 &
	pids+=($!)
done
# All have come to the middle, or one has ended before it.
all_ready()
{
	[ "$(find "$TMP" -name '*.ready' | wc -l)" = "$labs" ] || early=$(first_gone)
}
first_gone()
{
	local i
	for ((i = 0; i < labs; i++)); do
		gone "${pids[i]}" && echo "$i" && return
	done
	return 1
}
# All of them are there at the same moment.
early=
wait_for -t 60 all_ready
[ -z "$early" ] || { output=$(cat "$TMP/$early.out"); fail "lab $early ended early"; }
for ((i = 0; i < labs; i++)); do
	echo >"$TMP/$i.go"
done
for ((i = 0; i < labs; i++)); do
	wait "${pids[i]}" || { output=$(cat "$TMP/$i.out"); fail "lab $i failed"; }
	output=$(cat "$TMP/$i.out")
	[ "$(grep -c '"call":"accept"' <<<"$output")" = 1 ] || fail "lab $i: not one connection"
	grep -q "\"data\":\"lab$i\"" <<<"$output" || fail "lab $i: its server heard something else"
done
