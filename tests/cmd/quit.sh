# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# quit: ends at once, with what the commands before it have earned.
run "$NETLAB" -c 'echo before; quit; echo after'
expect_status 0
expect_equal before "$output"
run "$NETLAB" -k -c 'nonsense; quit'
expect_status 1
run_script <<'END'
echo one
quit
echo two
END
expect_status 0
expect_equal one "$output"
