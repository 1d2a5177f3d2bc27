# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, alone
#
# Loss, duplication, reordering and corruption come as often as was asked for:
# 99.9 % of a binomial distribution, seen on the wire and counted by the lab.
# shellcheck source=tests/helpers/netem.bash
. "$TOP/tests/helpers/netem.bash"
kernel_first

for backend in $backends; do
	seed=$(seed_of $backend)
	for percent in 1 10 50; do
		# shellcheck disable=SC2086
		case_begin $backend-loss-$percent $backend loss $percent% $seed
	done
	# shellcheck disable=SC2086
	{
		case_begin $backend-duplicate $backend duplicate 5% $seed
		case_begin $backend-corrupt $backend corrupt 5% $seed
		case_begin $backend-reorder $backend delay 100ms reorder 25% limit 10000 $seed
		case_begin $backend-burst $backend loss gemodel 5% 20% $seed
	}
done
cases_end

for backend in $backends; do
	for percent in 1 10 50; do
		expect_chance $backend-loss-$percent lost $percent $frames
		expect_value $backend-loss-$percent overtook 0
		expect_value $backend-loss-$percent doubled 0
	done

	expect_chance $backend-duplicate doubled 5 $frames
	expect_value $backend-duplicate lost 0
	expect_chance $backend-corrupt corrupted 5 $frames
	expect_value $backend-corrupt lost 0

	# Those that overtake are sent at once: all but the first, which has nobody
	# before it.
	expect_chance $backend-reorder overtook 25 $frames
	expect_value $backend-reorder lost 0
	expect_between $backend-reorder delay_p05_ms 0 50
	expect_between $backend-reorder delay_p50_ms 100 150

	# A fifth of the time in the bad state, where all are lost: p / (p + r). Runs of
	# the same state make its spread sqrt((2 - p - r) / (p + r)) = 2.65 times wider.
	expect_between $backend-burst lost $((frames * 20 / 100 - frames * 12 / 100)) \
		$((frames * 20 / 100 + frames * 12 / 100))
done
