# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, alone
#
# What is impaired may be changed while frames are under way, and not one of
# them is lost by it; and one direction has nothing to do with the other.
# shellcheck source=tests/helpers/netem.bash
. "$TOP/tests/helpers/netem.bash"
kernel_first
[ ! "$slow" ] || frames=1000

for backend in $backends; do
	case_begin $backend-more $backend -c 'delay 60ms' delay 10ms limit 10000
	case_begin $backend-less $backend -c 'delay 10ms' delay 60ms limit 10000
	case_begin $backend-begin $backend -c 'delay 20ms' none
	case_begin $backend-end $backend -c none delay 20ms limit 10000
	case_begin $backend-other $backend -o delay 100ms loss 50% duplicate 50% rate 1mbit
done
cases_end

for backend in $backends; do
	for change in more less begin end other; do
		expect_value $backend-$change left $frames
		expect_value $backend-$change doubled 0
	done
	expect_between $backend-more delay_p05_ms 10 45
	expect_between $backend-more delay_p95_ms 60 150
	expect_between $backend-less delay_p05_ms 10 45
	expect_between $backend-less delay_p95_ms 60 150
	expect_between $backend-begin delay_p95_ms 20 100
	expect_between $backend-begin delay_p05_ms 0 15
	expect_between $backend-end delay_p95_ms 20 100
	expect_between $backend-end delay_p05_ms 0 15
	expect_between $backend-other delay_p95_ms 0 15
	expect_value $backend-other overtook 0
done
