# SPDX-License-Identifier: GPL-3.0-or-later
# test: once, slow, alone, timeout 600
#
# Ten thousand hosts are made; one more is refused, in one line, and the lab can
# be worked with and taken down.
ulimit -n 65536 2>/dev/null || skip "the limit of descriptors cannot be raised: ulimit -n 65536"
run_script -k <<'END'
reset
repeat 10000 host h{i}
echo made
host toomany
link h1 h10000
ping h1 h10000
END
expect_status 1
expect_order '^made$' 'h1 > h10000  echo reply'
expect_output 'script.lab:4: .*10000'
[ "$(grep -c 'script.lab:' <<<"$output")" = 1 ] || fail "not one line of errors"
