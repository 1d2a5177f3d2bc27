# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# source: a file's commands, with its parameters, and where it fails.
printf '%s\n' 'echo $1 and ${2:-nothing}' >"$TMP/inner.lab"
run "$NETLAB" -c "source $TMP/inner.lab a; source $TMP/inner.lab 'x y' z"
expect_status 0
expect_equal $'a and nothing\nx y and z' "$output"
printf '%s\n' 'echo inside' 'nonsense' 'echo never' >"$TMP/inner.lab"
run_script <<END
echo before
source $TMP/inner.lab
echo never
END
expect_status 1
expect_order '^before$' '^inside$' "^$TMP/inner.lab:2: no command \"nonsense\""
expect_no_output never
run "$NETLAB" -c "source $TMP/inner.lab"
expect_status 1
printf 'echo unfinished line' >"$TMP/inner.lab"
run "$NETLAB" -c "source $TMP/inner.lab"
expect_equal 'unfinished line' "$output"
