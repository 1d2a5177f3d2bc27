# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# echo: its words, blanks between them as quoted.
run "$NETLAB" -c 'echo a  b "c  d" \$1 # comment'
expect_status 0
expect_equal 'a b c  d $1' "$output"
run "$NETLAB" -c 'echo'
expect_status 0
expect_equal '' "$output"
run "$NETLAB" --json -c 'echo "a \"quoted\" word"'
expect_equal '{"event":"text","text":"a \"quoted\" word"}' "$output"
