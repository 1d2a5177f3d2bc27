# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# say: paragraphs as wide as is good to read, lists, blank lines around them where
# something else is printed, and objects.
run_script <<'END'
say A paragraph goes on with the next say, and is broken between words where the line
say would be longer than seventy-eight columns.
say
say "It's another one; with quotes # and no comment."
say - first
say - second, which is longer than a line has room for and therefore goes on in the next one, further in
echo not prose
echo nor this
say The end.
END
expect_status 0
expect_equal "A paragraph goes on with the next say, and is broken between words where the
line would be longer than seventy-eight columns.

It's another one; with quotes # and no comment.
- first
- second, which is longer than a line has room for and therefore goes on in
  the next one, further in

not prose
nor this

The end." "$output"

# An error, and the table after a check, come behind what was said before.
run_script <<'END'
listen server 80
connect client server:80
say Said before.
expect client CLOSED
END
expect_status 1
expect_order '^Said before\.$' '^$' 'script.lab:4: expected client CLOSED' '^  node '

# Characters count, not bytes; a word longer than a line is cut.
run "$NETLAB" -c "say $(printf 'ä%.0s' {1..39}) $(printf 'ö%.0s' {1..38}) x; say; say $(printf 'w%.0s' {1..100})"
expect_order "^ä{39} ö{38}$" '^x$' '^w{78}$' '^w{22}$'

run "$NETLAB" --json -c 'say one; say two; echo three; say four'
expect_equal '{"event":"text","kind":"say","text":"one two"}
{"event":"text","text":"three"}
{"event":"text","kind":"say","text":"four"}' "$output"

# What is said is not kept back while netlab waits for the next command.
mkfifo "$TMP/in"
"$NETLAB" - <"$TMP/in" >"$TMP/out" &
lab=$!
exec 3>"$TMP/in"
echo 'say are you there?' >&3
wait_for grep -q 'are you there' "$TMP/out"
exec 3>&-
wait_for gone "$lab"

# On a narrow terminal it is as wide as that is.
export XDG_STATE_HOME=$TMP/state
screen_start 50 20 "$NETLAB"
screen_wait '^netlab> *$'
screen_enter 'say This line is longer than a terminal of fifty columns has room for.'
screen_wait '^This line is longer than a terminal of fifty$'
screen_wait '^columns has room for\.$'
screen_wait '^netlab> *$'
screen_key C-d
screen_wait '\[ended 0\]'
