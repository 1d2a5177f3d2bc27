# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# watch shows once where there is no prompt; live ones are in shell.sh.
run "$NETLAB" -c 'listen server 80; watch; watch every 1s ping client server'
expect_status 0
grep -q 'LISTEN' <<<"$output" || fail "no table"
grep -q 'echo reply' <<<"$output" || fail "no ping"
