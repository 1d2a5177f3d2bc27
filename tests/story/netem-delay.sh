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

check_delay() # BACKEND MILLISECONDS
{
	local name=$1-$2
	cases=()
	case_begin "$name" "$1" delay "$2ms" limit 10000
	cases_end
	expect_value "$name" left $frames
	expect_value "$name" overtook 0
	# Nobody is early.
	expect_between "$name" delay_p05_ms "$2" $(($2 + $(late_ms "$2")))
	expect_between "$name" delay_p50_ms "$2" $(($2 + $(late_ms "$2")))
}

for backend in $backends; do
	for delay in 10 50 200; do
		in_three_tries check_delay "$backend" "$delay"
	done
done
