# SPDX-License-Identifier: GPL-3.0-or-later
#
# task: shown when it is read, and again by task alone.
run "$NETLAB" -c 'task One line; task and the next.; task "- an item"; echo after; task'
expect_status 0
expect_equal $'One line and the next.\n- an item\n\nafter\n\nOne line and the next.\n- an item' "$output"
run "$NETLAB" -c task
expect_status 1
expect_output 'no exercise is open'
exit 0
