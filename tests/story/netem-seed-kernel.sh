# SPDX-License-Identifier: GPL-3.0-or-later
# test: debian, timeout 120
#
# A seed for the kernel's own netem: taken since Linux 6.6, and then the same
# frames are lost each time and others with another seed; refused in one line
# before, and the link stays as it was.
measure=$TOP/build/tests/helpers/measure

lost_by() # SEED
{
	run "$measure" -b kernel -n 200 -i 1000 -l loss 20% seed "$1"
	expect_status 0
	expect_output '^entered 200$'
	grep '^index' <<<"$output"
}

run "$NETLAB" -c 'backend kernel; netem client>server loss 20% seed 7'
if [ "$status" = 0 ]; then
	expect_output 'loss 20% seed 7   by netem \(kernel\)'
	first=$(lost_by 7) || fail "$first"
	[ "$(wc -l <<<"$first")" -ge 20 ] || fail "too few frames were lost: $first"
	expect_equal "$first" "$(lost_by 7)" "frames lost with seed 7"
	[ "$first" != "$(lost_by 8)" ] || fail "seed 8 loses the same frames"
else
	expect_output '^-c:2: .*seed.*6\.6'
	run "$NETLAB" -k -c 'backend kernel; netem client>server loss 20% seed 7; show links'
	expect_no_output 'loss 20%.*by'
fi
