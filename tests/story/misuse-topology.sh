# SPDX-License-Identifier: GPL-3.0-or-later
# test: host, timeout 120
#
# What cannot be is refused: with one line that names file and line, a failed
# exit status, and the lab as it was before, to the last route.
look='show; show links; show addresses; show routes'

begin_lab='topology chain
ipv6 on
netem r1-r2 delay 5ms
address h2 192.0.2.9/24
sysctl h1 tcp_fin_timeout=44'

cat >"$TMP/misuses" <<'END'
link h1 h1
link h1 r1
link h1 nobody
host abcdefghijklmnop
host 1abc
host all
host h1
host a.b
router h2
switch ÿ
link h1:abcdefghijklmnop h2
link h1:eth0 h2
link h1:lo h2
link h1:a/b h2
address h1 10.0.2.1/24
address h1 10.0.0.2/30
address h1 10.0.0/24
address h1 300.1.1.1/24
address h1 10.9.9.9/33
address h1 10.9.9.9
address h1 fd00::zz/64
address r1 10.9.9.9/24
address h1 r2 10.9.9.9/24
address h1 224.0.0.1/24
address h1 0.0.0.0/0
address h1 127.0.0.1/8
route h1 192.0.2.0/24
route h1 192.0.2.0/24 via 203.0.113.1
route h1 192.0.2.0/24 via h2
route h1 192.0.2.0/40 via r1
route h1 nonsense via r1
route h1 192.0.2.0/24 via nobody
route h1 192.0.2.0/24 off
netem h1>r1 jitter 5ms
netem h1>r1 reorder 10%
netem h1>r1 loss 101%
netem h1>r1 loss 5
netem h1>r1 delay 5
netem h1>r1 delay 5m
netem h1>r1 delay -5ms
netem h1>r1 delay 2h
netem h1>r1 rate 5
netem h1>r1 rate 5mib
netem h1>r1 rate 0.1.2mbit
netem h1>r1 loss -1%
netem h1>r1 delay 5ms delay 6ms
netem h1>r1 sausage 5%
netem h1>r1
netem h1>h2 delay 5ms
netem nobody>h1 delay 5ms
netem h1>r1 limit 0.5
netem h1>r1 distribution normal
netem h1>r1 delay 5ms jitter 1ms distribution cauchy
netem h1>r1 seed x
netem h1>r1 loss gemodel 5%
link h1 h2 delay 5
unlink h1 h2
unlink h1 nobody
remove nobody
remove h1 nobody
remove h1 h1
nat h1
nat r1 inside h2
nat r1 off
topology nonsense
topology ring 2
pingall now
show links nobody
ipv6 maybe
backend sausage
sysctl h1 no.such=1
connect nobody h1:80
link h1 h2 up
link h1 h2 down
repeat x host x{i}
repeat {1/0} host x{i}
repeat 1 host x{j}
save /proc/no-such-folder/x.lab
save /tmp
END

# One lab for all: each misuse stands between two looks at it.
while IFS= read -r misuse; do
	printf '%s\n' "echo @before $misuse" "$look" "echo @misuse" "$misuse" "echo @after" "$look" "echo @end"
done <"$TMP/misuses" | {
	echo "$begin_lab"
	cat
} >"$TMP/all.lab"
status=0
"$NETLAB" -k "$TMP/all.lab" >"$TMP/out" 2>"$TMP/err" || status=$?
expect_status 1

section() # FROM TO OF-WHICH
{
	awk -v from="$1" -v to="$2" -v n="$3" 'index($0, from) == 1 { count++; on = 1; next }
		index($0, to) == 1 { on = 0 }
		on && count == n' "$TMP/out" | sed -E 's/( +[0-9]+)+$//' # counts: IPv6 speaks by itself
}

n=0
while IFS= read -r misuse; do
	n=$((n + 1))
	line=$(grep -n -x -e '@misuse' <(sed 's/^echo //' "$TMP/all.lab") | sed -n "${n}s/:.*//p")
	line=$((line + 1))
	output=$(cat "$TMP/err")
	expect_equal "" "$(section @misuse @after $n)" "what \"$misuse\" prints beside its error"
	before=$(section @before @misuse $n) after=$(section @after @end $n)
	[ "$(wc -l <<<"$before")" -ge 15 ] || fail "$misuse: the lab was not looked at: $before"
	expect_equal "$before" "$after" "$misuse: the lab before and after"
	[ "$(grep -c "^$TMP/all.lab:$line: " "$TMP/err")" = 1 ] ||
		fail "$misuse: not one line that begins with $TMP/all.lab:$line:"
done <"$TMP/misuses"
expect_equal "$n" "$(wc -l <"$TMP/err")" "misuses, lines of errors"
expect_equal "" "$(grep -vE '^[^ :]+\.lab:[0-9]+: [^A-Z].{12,160}$' "$TMP/err")" "lines of another kind"

# Without -k the first failure is the last thing that happens.
run_script <<'END'
host a
link a a
echo never
END
expect_status 1
expect_no_output never
expect_equal 1 "$(wc -l <<<"$output")" "lines"
