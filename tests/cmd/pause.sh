# SPDX-License-Identifier: GPL-3.0-or-later
# test: host timeout 90
#
# pause: nothing in a script. At the prompt it waits for Enter, other commands may
# be typed first, what happens is told above it, and Ctrl-C leaves.
export XDG_STATE_HOME=$TMP/state
run "$NETLAB" -c 'pause; pause some text; echo on'
expect_status 0
expect_equal on "$output"
run "$NETLAB" --json -c 'pause; pause some text; echo on'
expect_equal '{"event":"text","text":"on"}' "$output"

cat >"$TMP/paused.lab" <<'END'
listen server 80
connect client server:80
hold
close client
echo before the pause
pause Look around.
expect segment client>server F. held
echo behind the pause
END

waits='^\(Enter goes on\) netlab> *$'
begin() # COLUMNS
{
	screen_start "$1" 50 "$NETLAB"
	screen_wait '^netlab> *$'
	screen_enter "source $TMP/paused.lab"
	screen_wait 'before the pause'
	screen_wait "$waits"
}

last_line_is() # REGEX
{
	screen_show | grep . | tail -n 1 | grep -Eqx -e "$1"
}

# Enter goes on, and the question is taken off the screen.
begin 90
screen_matches '^Look around\.$' || fail "no text"
screen_key Enter
screen_wait '^behind the pause$'
screen_wait '^netlab> *$'
expect_equal 0 "$(screen_show -a | grep -c 'Enter goes on')" "questions left on the screen"

# Commands first, also such as fail, or act; what the lesson expects of its last
# command holds all the same. Tab completes them, the history has them.
screen_enter "topology pair; source $TMP/paused.lab"
screen_wait "$waits"
screen_type 'segm'
screen_key Tab Enter
screen_wait '#4 client > server \[F\.\] .*on the wire for|#4 client > server'
wait_for last_line_is "$waits"
screen_enter 'nonsense'
screen_wait 'no command "nonsense"'
wait_for last_line_is "$waits"
screen_enter 'expect error EADDRINUSE listen server 80 as other; echo typed'
screen_wait '^typed$'
wait_for last_line_is "$waits"
screen_enter 'repeat 2 echo again {i}'
screen_wait '^again 2$'
wait_for last_line_is "$waits"
# Ctrl-C ends what was typed, not the lesson
screen_enter 'echo now; sleep 1000s'
screen_wait '^now$'
screen_key C-c
screen_wait 'interrupted'
wait_for last_line_is "$waits"
# a pause inside a pause
screen_enter "pause Inside."
screen_wait '^Inside\.$'
screen_key Enter
wait_for last_line_is "$waits"
screen_key Up Up
wait_for last_line_is '\(Enter goes on\) netlab> echo now; sleep 1000s'
screen_key C-u Enter
screen_wait '^behind the pause$'
wait_for last_line_is '^netlab> *$'

# What happens is told above the line that is being typed.
screen_enter "topology pair; source $TMP/paused.lab"
wait_for last_line_is "$waits"
screen_type 'echo half a line'
lab=$(ps -e -o pid=,ppid=,comm= | awk -v shell="$(screen_pid)" '$2 == shell && $3 == "netlab" { print $1 }')
kill -9 "$(pid_at 10.0.0.2 "$lab")"
screen_wait 'process ended by SIGKILL'
wait_for last_line_is '\(Enter goes on\) netlab> echo half a line'

# Ctrl-C clears the line; where there is none, it leaves.
screen_key C-c
wait_for last_line_is "$waits"
screen_key C-c
wait_for last_line_is '^netlab> *$'
! screen_matches '^interrupted' || fail "who leaves a pause has interrupted nothing"
screen_enter 'echo the lab lives; pause'
screen_wait '^the lab lives$'
wait_for last_line_is "$waits"
# Ctrl-D is Enter
screen_key C-d
wait_for last_line_is '^netlab> *$'
# quit at a pause
screen_enter 'pause; echo never'
wait_for last_line_is "$waits"
screen_enter quit
screen_wait '\[ended 0\]'
screen_end

# A narrow terminal.
begin 40
screen_enter 'echo x'
screen_wait '^x$'
screen_key Enter
screen_wait '^behind the pause$'
screen_end
