# SPDX-License-Identifier: GPL-3.0-or-later
# test: host, timeout 120
#
# netlab enter on a terminal: the prompt, Ctrl-C, Ctrl-Z and fg, a program for
# the whole screen, the lab's end.
need tmux

mkfifo "$TMP/in"
"$NETLAB" <"$TMP/in" >"$TMP/out" 2>&1 &
lab=$!
exec 3>"$TMP/in"
echo 'exec client true; echo ready' >&3
wait_for grep -q ready "$TMP/out"
sign='[#$]'
nap="sleep 1000.$$" # nobody else's
asleep()
{
	pgrep -f -x "${nap/./\\.}"
}

screen_start 80 24 env PS1='outer> ' bash --norc --noprofile
screen_wait '^outer> *$'

# ------------------------------------------------------------------ a shell
echo 'mine=yes PS1="not this" PROMPT_COMMAND="PS1=norThis"' >"$TMP/.bashrc"
screen_enter "$NETLAB enter $lab client"
screen_wait "^client$sign *$"
# shellcheck disable=SC2016
screen_enter 'echo "my own: $mine"; ip -brief address show dev eth0'
screen_wait '^my own: yes$'
screen_wait '10\.0\.0\.1/'

# Ctrl-C ends what runs there, not the shell.
screen_enter "echo begun; $nap; echo over"
wait_for asleep
screen_key C-c
screen_wait "^client$sign *$"

# Ctrl-Z belongs to that shell.
screen_enter "clear; $nap"
wait_for asleep
screen_key C-z
screen_wait "Stopped +$nap"
screen_enter 'fg'
screen_wait "^$nap$"
wait_for in_front "$(asleep)"
screen_key C-c
screen_wait "^client$sign *$"
screen_enter 'clear; exit 5'
screen_wait '^outer> *$'
# shellcheck disable=SC2016
screen_enter 'echo "it was $?"'
screen_wait '^it was 5$'

# ----------------------------------------------------- a command, stopped
screen_enter "clear; $NETLAB enter $lab server $nap"
wait_for asleep
screen_key C-z
screen_wait 'Stopped'
screen_enter 'clear; fg'
screen_wait "enter $lab server $nap$"
wait_for in_front "$(asleep)"
screen_key C-c
screen_wait '^outer> *$'
# shellcheck disable=SC2016
screen_enter 'echo "it was $?"'
screen_wait '^it was 130$'

# One for the whole screen.
seq 100 >"$TMP/lines"
screen_enter "clear; $NETLAB enter $lab server less $TMP/lines"
screen_wait '^23$'
screen_key C-z
screen_wait 'Stopped'
screen_enter 'clear; fg'
screen_wait '^23$'
screen_key q
screen_wait '^outer> *$'

# In a pipe it stays with the others.
screen_enter "clear; $NETLAB enter $lab server seq 100 | less"
screen_wait '^23$'
screen_key q
screen_wait '^outer> *$'

# ------------------------------------------------------------ the lab's end
screen_enter "clear; $NETLAB enter $lab client"
screen_wait "^client$sign *$"
if ! grep -q __asan_init "$NETLAB"; then # it does without a PID namespace
	screen_enter 'sleep 1000 &'
	screen_wait '^\[1\]'
fi
kill -9 "$lab"
screen_wait 'the lab has ended$'
screen_wait '^outer> *$'
# shellcheck disable=SC2016
screen_enter 'echo "it was $?"'
screen_wait '^it was 137$'

# ------------------------------------------------------------- other shells
"$NETLAB" <"$TMP/in" >"$TMP/out" 2>&1 &
lab=$!
exec 3>"$TMP/in"
echo 'exec client true; echo ready' >&3
wait_for grep -q ready "$TMP/out"
for shell in dash zsh fish busybox; do
	path=$(type -P $shell) || continue
	# Its first start leaves something running, which only the lab's end takes.
	[ $shell = fish ] && grep -q __asan_init "$NETLAB" && continue
	if [ $shell = busybox ]; then
		path=$TMP/sh
		ln -s "$(type -P busybox)" "$path"
	fi
	screen_enter "clear; SHELL=$path $NETLAB enter $lab server"
	screen_wait '^server[#$%>] *$'
	screen_enter 'cat /proc/net/dev'
	screen_wait '^ *eth0:'
	screen_wait '^server[#$%>] *$'
	screen_enter 'exit'
	screen_wait '^outer> *$'
done
kill "$lab"
wait "$lab" 2>/dev/null
true
