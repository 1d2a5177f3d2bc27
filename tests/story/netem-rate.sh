# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, alone
#
# Frames leave at the rate that was asked for, within 3 %, counted as their bits
# on the wire from the first to the last; and what has no room in the queue is
# lost, no other.
# shellcheck source=tests/helpers/netem.bash
. "$TOP/tests/helpers/netem.bash"
rates="1 10 100"
[ ! "$slow" ] || rates="1 10" # it cannot send more itself

for backend in $backends; do
	case_begin $backend-1 $backend -i 0 -s 100 rate 1mbit limit 10000
	case_begin $backend-10 $backend -i 0 -s 1400 rate 10mbit limit 10000
	case_begin $backend-limit $backend -i 0 -s 500 rate 5mbit limit 50
done
cases_end
for backend in $backends; do
	[ ! "$slow" ] || break
	# This one alone: the machine has to send as fast.
	case_begin $backend-100 $backend -i 0 -s 1400 rate 100mbit limit 10000
	cases_end
done

for backend in $backends; do
	for rate in $rates; do
		expect_value $backend-$rate left $frames
		expect_value $backend-$rate overtook 0
		expect_between $backend-$rate rate_mbit "$(awk "BEGIN { print $rate * 0.97 }")" \
			"$(awk "BEGIN { print $rate * 1.03 }")"
	done
	# Nobody waits longer than the queue is: 51 frames of 542 bytes, 44 ms and not 1.7 s.
	expect_between $backend-limit lost $((frames / 10)) $((frames - 50))
	expect_between $backend-limit delay_p50_ms 10 200
done
