# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, timeout 120
#
# With a seed the same frames are lost each time, whatever else the machine does,
# and another seed loses others: a hundred times by the gate (fewer on an emulated
# machine), and by the kernel's netem where that takes a seed (since Linux 6.6).
measure=$TOP/build/tests/helpers/measure
times=100
[ "$KERNEL" = host ] || times=10

lost_by() # BACKEND SEED FILE
{
	"$measure" -b "$1" -n 200 -i 100 -l loss 20% seed "$2" >"$TMP/all.$1.$3" 2>&1 || return
	grep '^index' "$TMP/all.$1.$3" >"$TMP/lost.$1.$3"
}

check_seed() # BACKEND
{
	local run count
	for ((run = 0; run < times; run++)); do
		[ $((run % 20)) != 0 ] || wait
		lost_by "$1" 7 $run &
	done
	wait
	lost_by "$1" 8 other
	count=$(wc -l <"$TMP/lost.$1.0")
	[ "$count" -ge 20 ] && [ "$count" -le 60 ] || fail "$1: of 200 frames $count were lost"
	for ((run = 0; run < times; run++)); do
		output=$(cat "$TMP/all.$1.$run")
		expect_output '^entered 200$'
		cmp "$TMP/lost.$1.0" "$TMP/lost.$1.$run" || fail "$1: run $run lost others than run 0"
	done
	! cmp -s "$TMP/lost.$1.0" "$TMP/lost.$1.other" || fail "$1: another seed loses the same frames"
}

check_seed gate
"$NETLAB" -c 'backend kernel' >/dev/null 2>&1 || exit 0
run "$NETLAB" -c 'backend kernel; netem client>server loss 1% seed 7; show links'
if [ "$status" = 0 ]; then
	expect_output 'client +server +loss 1% seed 7 +netem \(kernel\)'
	check_seed kernel
else
	expect_output '^-c:2: .*seed.*backend gate'
	echo "this kernel's netem takes no seed"
fi
