# SPDX-License-Identifier: GPL-3.0-or-later
#
# hint: belongs to the points line above it.
run "$NETLAB" -k -c 'points 1 "one" expect client ESTAB; hint The first one.; hint The second one.
	points 1 "two" expect client ESTAB; check; check hints'
expect_status 1
expect_order 'points +0 of 2$' 'one$' '^  hint +The second one\.$' 'two$' '^  points +0 of 2$'
expect_no_output 'first one'
run "$NETLAB" -c 'hint nothing above'
expect_status 1
expect_output 'a hint belongs below the points line'
exit 0
