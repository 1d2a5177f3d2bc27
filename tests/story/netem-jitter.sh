# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, alone
#
# Jitter spreads delays about their mean: without a distribution evenly, within
# its bounds and with a standard deviation of jitter / sqrt(3); by the normal one
# with the jitter itself as standard deviation.
# shellcheck source=tests/helpers/netem.bash
. "$TOP/tests/helpers/netem.bash"
kernel_first
late=${slow:+10}
late=${late:-1}

check_jitter() # BACKEND
{
	local backend=$1
	cases=()
	# shellcheck disable=SC2046
	{
		case_begin $backend-even $backend delay 60ms jitter 20ms limit 10000 $(seed_of $backend)
		case_begin $backend-normal $backend delay 100ms jitter 20ms distribution normal \
			limit 10000 $(seed_of $backend)
	}
	cases_end

	# 2000 of them: their mean is known to 0.26 ms and 0.45 ms, times five.
	expect_value $backend-even left $frames
	expect_between $backend-even delay_mean_ms 58.7 $((61 + late)).3
	expect_between $backend-even delay_p05_ms 40 $((43 + late)) # 42 of 40 to 80
	expect_between $backend-even delay_p95_ms 77 $((79 + late)) # 78
	expect_between $backend-even delay_sd_ms 11.0 $((12 + late)) # 20 / sqrt(3) = 11.55
	expect_between $backend-even overtook $((frames / 2)) $frames

	expect_value $backend-normal left $frames
	expect_between $backend-normal delay_mean_ms 97.7 $((102 + late)).3
	expect_between $backend-normal delay_sd_ms 18.0 $((21 + late))
	expect_between $backend-normal delay_p05_ms 63 $((71 + late)) # 100 - 1.645 * 20 = 67.1
	expect_between $backend-normal delay_p95_ms 129 $((137 + late)) # 132.9
}

for backend in $backends; do
	in_three_tries check_jitter "$backend"
done
