# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, alone
#
# Frames leave at the rate that was asked for, within 3 %, counted as their bits
# on the wire from the first to the last; and what has no room in the queue is
# lost, no other.
# shellcheck source=tests/helpers/netem.bash
. "$TOP/tests/helpers/netem.bash"
check_rate() # BACKEND MBIT BYTES FRAMES
{
	local name=$1-$2 frames=$4
	cases=()
	case_begin "$name" "$1" -i 0 -s "$3" rate "$2mbit" limit 20000
	cases_end
	expect_value "$name" left "$frames"
	expect_value "$name" overtook 0
	expect_between "$name" rate_mbit "$(awk "BEGIN { print $2 * 0.97 }")" \
		"$(awk "BEGIN { print $2 * 1.03 }")"
}

# Nobody waits longer than the queue is: 51 frames of 542 bytes, 44 ms and not 1.7 s.
check_limit() # BACKEND
{
	local name=$1-limit
	cases=()
	case_begin "$name" "$1" -i 0 -s 500 rate 5mbit limit 50
	cases_end
	expect_between "$name" lost $((frames / 10)) $((frames - 50))
	expect_between "$name" delay_p50_ms 10 200
}

for backend in $backends; do
	in_three_tries check_rate "$backend" 1 40 2000
	in_three_tries check_rate "$backend" 10 1000 2000
	# An emulated machine cannot send as much itself.
	[ "$slow" ] || in_three_tries check_rate "$backend" 100 1400 6000
	check_limit "$backend"
done
