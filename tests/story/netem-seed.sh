# SPDX-License-Identifier: GPL-3.0-or-later
# test: once, timeout 120
#
# With a seed the gate loses the same frames each time, a hundred times over,
# whatever else the machine does; and another seed loses others.
measure=$TOP/build/tests/helpers/measure

lost_by() # SEED FILE
{
	"$measure" -b gate -n 200 -i 100 -l loss 20% seed "$1" >"$TMP/all.$2" 2>&1 || return
	grep '^index' "$TMP/all.$2" >"$TMP/lost.$2"
}

for batch in 0 1 2 3 4; do
	for run in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do
		lost_by 7 $((batch * 20 + run)) &
	done
	wait
done
lost_by 8 other

count=$(wc -l <"$TMP/lost.0")
[ "$count" -ge 20 ] && [ "$count" -le 60 ] || fail "of 200 frames $count were lost"
for run in $(seq 0 99); do
	output=$(cat "$TMP/all.$run")
	expect_output '^entered 200$'
	cmp "$TMP/lost.0" "$TMP/lost.$run" || fail "run $run lost others than run 0"
done
! cmp -s "$TMP/lost.0" "$TMP/lost.other" || fail "another seed loses the same frames"
