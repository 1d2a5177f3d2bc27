# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, alone
#
# A delay is what was asked for, within a millisecond at the median, on the
# clock of the wire; nobody is lost or overtaken by it. An emulated machine's
# own time is coarse: a tenth, or 10 ms.
# shellcheck source=tests/helpers/netem.bash
. "$TOP/tests/helpers/netem.bash"

late_ms() # DELAY
{
	[ ! "$slow" ] && echo 1 && return
	echo $(($1 / 10 > 10 ? $1 / 10 : 10))
}

for backend in $backends; do
	for delay in 10 50 200; do
		case_begin $backend-$delay $backend delay ${delay}ms limit 10000
	done
done
cases_end
for backend in $backends; do
	for delay in 10 50 200; do
		expect_value $backend-$delay left $frames
		expect_value $backend-$delay overtook 0
		expect_between $backend-$delay delay_p50_ms $delay $((delay + $(late_ms $delay)))
		# Early is nobody.
		expect_between $backend-$delay delay_p05_ms $delay $((delay + $(late_ms $delay)))
	done
done
