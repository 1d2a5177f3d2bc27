# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120
#
# exec and Ctrl-C: the program has the last word, and a stubborn one is ended;
# output comes while the program runs.
need tmux
export XDG_STATE_HOME=$TMP/state

# Is the program still running while its output is there already?
streams() # REGEX PROGRAM...
{
	local regex=$1 pid
	shift
	"$NETLAB" -c "exec client $*" >"$TMP/streams" 2>&1 &
	pid=$!
	wait_for grep -Eq -e "$regex" "$TMP/streams"
	gone "$pid" && fail "has ended before its output came: $*"
	kill "$pid"
	wait "$pid" 2>/dev/null
}

streams '^begun$' "sh -c 'echo begun; sleep 1000'"
streams '^to stderr$' "sh -c 'echo to stderr >&2; sleep 1000'"
streams '64 bytes from' 'ping 10.0.0.2'
type -P python3 >/dev/null && "$NETLAB" -c "exec client python3 --version" >/dev/null 2>&1 &&
	streams '^begun$' 'python3 -c "import time; print(\"begun\"); time.sleep(1000)"'
"$NETLAB" -c "exec client tcpdump --version" >/dev/null 2>&1 &&
	streams 'ICMP echo request' "sh -c 'tcpdump -l -n -i eth0 icmp & ping -q 10.0.0.2'"

# stdout and stderr in the order of writing.
run "$NETLAB" -c "exec client sh -c 'for i in 1 2 3; do echo out \$i; echo err \$i >&2; done'"
expect_status 0
expect_order '^out 1$' '^err 1$' '^out 2$' '^err 2$' '^out 3$' '^err 3$'

# ------------------------------------------------------------------- Ctrl-C
screen_start 100 50 "$NETLAB"
screen_wait '^netlab> *$'
screen_enter 'exec client ping 10.0.0.2; echo not this'
screen_wait '64 bytes from'
screen_key C-c
screen_wait 'packets transmitted'
screen_wait '^interrupted$'
screen_wait '^netlab> *$'
screen_matches '^not this' && fail "the next command ran"

# The second Ctrl-C is SIGTERM, the third SIGKILL.
screen_enter "exec client bash -c 'trap \"echo got INT\" INT; trap \"echo got TERM\" TERM; echo begun; while :; do sleep 0.1; done'"
screen_wait '^begun$'
screen_key C-c
screen_wait '^got INT$'
screen_key C-c
screen_wait 'gets SIGTERM'
screen_wait '^got TERM$'
screen_key C-c
screen_wait 'gets SIGKILL$'
screen_wait '^netlab> *$'
screen_enter 'echo the lab lives'
screen_wait '^the lab lives$'
screen_key C-d
screen_wait '\[ended 0\]'
screen_end

# A script ends there, and says so.
echo "exec client sleep 1000.$$
echo not this" >"$TMP/script.lab"
screen_start 100 50 "$NETLAB" -k "$TMP/script.lab"
wait_for pgrep -f -x "sleep 1000\.$$"
screen_key C-c
screen_wait 'script.lab:1: interrupted$'
screen_wait '\[ended 1\]'
screen_matches '^not this' && fail "the script went on"
screen_end
