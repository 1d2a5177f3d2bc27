# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120
#
# shell: the user's shell in a node, on the same terminal, while the lab goes
# on; and programs that want a terminal.
need tmux
export XDG_STATE_HOME=$TMP/state
sign='[#$]'
nap="sleep 1000.$$" # nobody else's
asleep()
{
	pgrep -f -x "${nap/./\\.}"
}

run "$NETLAB" -c 'shell client'
expect_status 1
expect_output 'shell works at the prompt only'

echo 'mine=yes PS1="not this" PROMPT_COMMAND="PS1=norThis"' >"$TMP/.bashrc"
screen_start 100 50 "$NETLAB"
screen_wait '^netlab> *$'
screen_enter 'listen server 80; connect client server:80; host third; link third server'
screen_wait '^netlab> *$'

# ------------------------------------------------------------------ a shell
screen_enter 'clear'
screen_enter 'shell client'
screen_wait 'client +a shell in this node; exit or Ctrl-D'
screen_wait "^client$sign *$"
# shellcheck disable=SC2016
screen_enter 'clear; echo "my own: $mine, in $NETLAB_NODE"; ip -brief address show dev eth0'
screen_wait '^my own: yes, in client$'
screen_wait '10\.0\.0\.1/'
if ! grep -q __asan_init "$NETLAB"; then # it does without a PID namespace
	# shellcheck disable=SC2016
	screen_enter 'clear; echo "keeper: $(cat /proc/1/comm)"'
	screen_wait '^keeper: netlab-keeper$'
fi

# Ctrl-C and Ctrl-Z are the shell's.
screen_enter "clear; $nap"
wait_for asleep
screen_key C-z
screen_wait "Stopped +$nap"
screen_enter 'fg'
screen_wait "^$nap$"
wait_for in_front "$(asleep)"
screen_key C-c
screen_wait "^client$sign *$"
# A shell that stops itself goes on: nobody is there to wake it.
screen_enter 'clear; suspend -f; echo awake'
screen_wait '^awake$'

# What happens in the lab is told afterwards, not here.
screen_enter 'clear; exec 4<>/dev/tcp/10.0.0.2/80; echo connected'
screen_wait '^connected$'
screen_enter 'exec 4>&-; echo closed'
screen_wait '^closed$'
screen_matches 'ESTAB' && fail "events are printed over the shell"
screen_enter 'stty -echo; clear'
screen_wait "^client$sign *$"
screen_key C-d
screen_wait '^netlab> *$'
screen_wait 'server/2 +10\.0\.0\.2:80|client > server \[S\] seq 0$'
screen_wait 'server/2 ESTAB . CLOSE-WAIT'

# The terminal is as before: it echoes, and edits.
screen_type 'echo stil here'
screen_key Left Left Left Left Left
screen_type 'l'
screen_key Enter
screen_wait '^still here$'
screen_wait '^netlab> echo still here$'

# --------------------------------------------------------------- a program
seq 200 >"$TMP/lines"
screen_enter "shell server less $TMP/lines"
screen_wait '^49$'
screen_key Space
screen_wait '^98$'
# Nobody could wake it: Ctrl-Z does not leave it stopped. Keys that come while
# it stops and goes on again are the terminal's to throw away, so ask again.
screen_key C-z
at_end()
{
	screen_key G
	screen_matches '^200$'
}
wait_for at_end
screen_key q
screen_wait '^netlab> *$'
screen_enter 'shell server sh -c "exit 3"'
screen_wait '^sh ended with status 3$'
screen_wait '^netlab> *$'
screen_enter 'shell server /no/such/program'
screen_wait 'cannot run /no/such/program'
screen_wait '^netlab> *$'

# A shell that is killed leaves the terminal as it was found.
screen_enter 'shell third'
screen_wait "^third$sign *$"
# shellcheck disable=SC2016
screen_enter 'kill -9 $$'
screen_wait '^netlab> *$'
screen_enter 'echo after it'
screen_wait '^after it$'

# -------------------------------------------------------------- other shells
screen_enter quit
screen_wait '\[ended 0\]'
screen_end
for shell in dash zsh fish; do
	type -P $shell >/dev/null || continue
	screen_start 100 50 env SHELL="$(type -P $shell)" "$NETLAB"
	screen_wait '^netlab> *$'
	screen_enter 'shell server'
	screen_wait '^server[#$%>] *$'
	screen_enter 'cat /proc/net/dev'
	screen_wait '^ *eth0:'
	screen_wait '^server[#$%>] *$'
	screen_enter 'exit'
	screen_wait '^netlab> *$'
	screen_key C-d
	screen_wait '\[ended 0\]'
	screen_end
done

# ------------------------------------------------------------ netlab's end
screen_start 100 50 "$NETLAB"
screen_wait '^netlab> *$'
lab=$(ps -e -o pid=,ppid=,comm= | awk -v shell="$(screen_pid)" '$2 == shell && $3 == "netlab" { print $1 }')
screen_enter 'shell client'
screen_wait "^client$sign *$"
if ! grep -q __asan_init "$NETLAB"; then
	screen_enter 'sleep 1000 &'
	screen_wait '^\[1\]'
fi
family=$(family_of "$lab")
kill "$lab"
screen_wait '\[ended 143\]'
# shellcheck disable=SC2086
wait_for all_gone $family
