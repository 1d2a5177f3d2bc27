# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# lib.sh - what shell tests are written with. tests/run sources it and sets
#
#   NETLAB     the program under test        TOP     the tree (read only)
#   TMP        an empty folder of the test   KERNEL  host or debian
#   USER_KIND  root or user                  SLOWER  how much slower than usual
#   SOURCE     the tree itself, for tests marked "once" that build
#
# A test passes with exit status 0 and is skipped with 77, its last line being
# the reason. Never sleep for a time: wait_for a condition.

set -u
unset BASH_ENV

# How long to wait for what should come at once, in seconds.
PATIENCE=$((10 * ${SLOWER:-1}))

# ------------------------------------------------------------- saying no

# End the test: it failed. Prints where, the message and the last output.
fail() # MESSAGE...
{
	local at=$((${#BASH_SOURCE[@]} - 1)) level
	for ((level = 1; level < at; level++)); do
		[ "${BASH_SOURCE[level]}" != "${BASH_SOURCE[0]}" ] && break
	done
	echo "${BASH_SOURCE[level]##*/}:${BASH_LINENO[level - 1]}: $*"
	if [ -n "${output:-}" ]; then
		echo "the last output was:"
		sed 's/^/  | /' <<<"$output"
	fi
	[ -n "${screen_socket:-}" ] && screen_show | cat -s | sed 's/^/  [] /'
	exit 1
}

# End the test: it cannot run here.
skip() # REASON...
{
	echo "$*"
	exit 77
}

# Skip unless all these programs are here.
need() # PROGRAM...
{
	local program
	for program; do
		command -v "$program" >/dev/null || skip "$program is not installed"
	done
}

# ------------------------------------------- running, and looking at it

# Run a command; leaves $output (stdout and stderr) and $status.
run() # COMMAND...
{
	status=0
	output=$("$@" 2>&1 </dev/null) || status=$?
}

# Run standard input as a script of netlab's; arguments come before the file.
# (Not to be fed by a pipe: $output and $status would stay in the pipe's shell.)
run_script() # [OPTION...] <<END
{
	cat >"$TMP/script.lab"
	run "$NETLAB" "$@" "$TMP/script.lab"
}

expect_status() # NUMBER
{
	[ "$status" = "$1" ] || fail "exit status $1 expected, not $status"
}

# Somewhere in the output, as an extended regular expression.
expect_output() # REGEX...
{
	local regex
	for regex; do
		grep -Eq -e "$regex" <<<"$output" || fail "not in the output: $regex"
	done
}

expect_no_output() # REGEX...
{
	local regex
	for regex; do
		! grep -Eq -e "$regex" <<<"$output" || fail "should not be in the output: $regex"
	done
}

# Lines matching each in turn, in this order, others between them allowed.
expect_order() # REGEX...
{
	local rest=$output regex line
	for regex; do
		line=$(grep -En -m 1 -e "$regex" <<<"$rest") ||
			fail "not in the output, or not in this order: $regex"
		rest=$(tail -n "+$((${line%%:*} + 1))" <<<"$rest")
	done
}

expect_equal() # EXPECTED SEEN [WHAT]
{
	[ "$1" = "$2" ] && return
	diff <(echo "$1") <(echo "$2") | sed 's/^/  /'
	fail "${3:-values} differ: < expected, > seen"
}

# ------------------------------------------------------------- waiting

# A moment between two looks: without a process for it, and longer where looks
# themselves take long.
exec {nap_pipe}<> <(:)
[ "${SLOWER:-1}" = 1 ] && nap_time=0.03 || nap_time=0.1
nap()
{
	read -r -t $nap_time -u $nap_pipe
	return 0
}

# Try a command until it is true. Fails the test when it never is.
wait_for() # [-t SECONDS] COMMAND...
{
	local limit=$PATIENCE end
	if [ "$1" = -t ]; then
		limit=$2
		shift 2
	fi
	end=$((SECONDS + limit + 1))
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -lt "$end" ] || fail "not within $limit s: $*"
		nap
	done
}

gone() # PID
{
	! kill -0 "$1" 2>/dev/null
}

# -------------------------------------------- a terminal, through tmux

# One screen a test, on a tmux server of its own; it dies with the test.
screen_socket=
screens=0

# The command runs in a screen of that size. Environment: as the test's.
screen_start() # COLUMNS ROWS COMMAND...
{
	local columns=$1 rows=$2
	shift 2
	need tmux
	# A server of the same name may still be ending.
	screen_socket=$TMP/screen.$((screens += 1))
	tmux -u -S "$screen_socket" -f /dev/null new-session -d -x "$columns" -y "$rows" \
		"$(printf '%q ' "$@"); echo \"[ended \$?]\"; read -r _" ||
		fail "tmux does not start"
	tmux -S "$screen_socket" set -g status off
	trap screen_end EXIT
}

# Type text as it is.
screen_type() # TEXT...
{
	tmux -S "$screen_socket" send-keys -l -- "$*"
}

# Press keys by tmux's names: Enter Tab C-c C-d Up Left BSpace ...
screen_key() # KEY...
{
	tmux -S "$screen_socket" send-keys -- "$@"
}

# A whole line and Enter.
screen_enter() # TEXT...
{
	screen_type "$*"
	screen_key Enter
}

# What is on the screen now; with -a also what has scrolled away.
screen_show() # [-a]
{
	tmux -S "$screen_socket" capture-pane -p ${1:+-S -}
}

screen_resize() # COLUMNS ROWS
{
	tmux -S "$screen_socket" resize-window -x "$1" -y "$2"
}

screen_matches() # REGEX [-a]
{
	screen_show ${2:+"$2"} | grep -Eq -e "$1"
}

# Wait until a line of the screen matches.
screen_wait() # REGEX [SECONDS]
{
	local end=$((SECONDS + ${2:-$PATIENCE} + 1))
	until screen_matches "$1"; do
		[ "$SECONDS" -lt "$end" ] || fail "never on the screen: $1"
		nap
	done
}

screen_pid() # of the process group's leader, the shell around the command
{
	tmux -S "$screen_socket" list-panes -F '#{pane_pid}'
}

screen_end()
{
	[ -n "$screen_socket" ] && tmux -S "$screen_socket" kill-server 2>/dev/null
	screen_socket=
}

# ------------------------------------------ the machine, left as it was

# Everything of the machine that a lab must not touch, one thing a line, without
# what changes by itself. Few processes: on the second kernel each is dear.
machine_state()
{
	local dev
	{
		echo "== interfaces, addresses, routes, rules"
		printf '%s\n' "link show" "address show" "route show table all" "rule show" |
			ip -4 -o -batch -
		printf '%s\n' "address show" "route show table all" "rule show" |
			ip -6 -o -batch -
		echo "== traffic control"
		for dev in /sys/class/net/*; do
			printf '%s\n' "qdisc show dev ${dev##*/}" "filter show dev ${dev##*/} ingress"
		done | tc -force -batch - 2>/dev/null
		echo "== sysctls"
		grep -ras '' /proc/sys/net
		echo "== named namespaces"
		ls /run/netns 2>/dev/null
		echo "== mounts"
		cut -d ' ' -f 3- /proc/self/mountinfo
	} | sed -E '/nf_conntrack_count|stable_secret/d
		s/ (valid_lft|preferred_lft|expires|age|state|qlen) [^ ]*//g
		s/ (master|shared|propagate_from):[0-9]+//g'
}

# Processes that carry this mark in their environment: "PID COMMAND" lines.
marked_processes() # MARK
{
	local file pid line
	for file in $(grep -lsaF -e "$1" /proc/[0-9]*/environ 2>/dev/null); do
		pid=${file#/proc/}
		pid=${pid%/environ}
		line=$(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline") || continue
		[ -n "$line" ] && echo "$pid $line"
	done 2>/dev/null
}

# Processes that this test has started and that still run.
test_processes()
{
	local self
	self=$(tr '\0' ' ' <"/proc/$$/cmdline")
	marked_processes "NETLAB_TEST_ID=$NETLAB_TEST_ID" |
		while read -r pid line; do
			# This shell, its subshells, and the timeout(1) above it.
			[[ $pid = "$PPID" || "$line " == "$self" ]] || echo "$pid $line"
		done
}

# Keep the state of the machine, and later hold another look against it.
snapshot_machine() # FILE
{
	machine_state >"$1"
}

expect_same_machine() # FILE
{
	snapshot_machine "$1.now"
	diff "$1" "$1.now" || fail "the machine is not as it was: < before, > now"
}

# Nothing that this test started runs any more, after at most a moment.
no_test_processes()
{
	[ -z "$(test_processes)" ]
}

# ---------------------------------------------- what may differ, made alike

# A transcript without its times and counts of copies. How wide a column of a
# table is follows from its times, and so it goes as well.
normal_text()
{
	sed -E 's/ +(delivered|dropped|lost) after [0-9.]+ (us|ms|s|min [0-9]+ s) on the wire/ \1/
		s/, [0-9]+ cop(y|ies)( of #[0-9]+)?( absorbed)?//
		s/ delivered$//
		s/\b[0-9.]+ (us|ms|min [0-9]+ s|s)\b/T/g
		s/\b[0-9]+ sent\b/N sent/
		s/ +/ /g
		s/ +$//'
}

# A lesson's transcript: normal_text, and also without the times and pauses of
# ladders and their lines of copies, the times of stays and of ages, the rates, which
# segment was on the wire longest, and the initial sequence numbers, which the kernel
# draws. An orphan in FIN-WAIT-2 has one timer or another: the second one where its
# FIN is ACKed while close() is still at work (net/ipv4/tcp_input.c,
# tcp_rcv_state_process()).
normal_lesson()
{
	normal_text | sed -E '/^[ ┊]*┊[ ┊]*$/d
		s/^ *[0-9]+\.[0-9]{3} / /
		s/\b[0-9]+\.[0-9]{3}\b/T/g
		s/[─═]+/─/g
		/ again, [0-9]+ times? .*absorbed/d
		s/T [0-9.]+ %( held still)?$/T N %\1/
		s/\b[0-9]+ a second/N a second/
		s/the oldest: #[0-9]+,/the oldest: #N,/
		s/ delivered after T$//
		s/ after T: SO_LINGER, it waited for its FIN to be ACKed//
		s/( FIN-WAIT-2 .*) (timewait minisock, T left|keepalive, fin-timeout T)$/\1 TIMER/
		s/(ISN|sent up to|TCP_QUEUE_SEQ =) [0-9]{4,}/\1 N/g'
}

# The same for the objects of --json. Copies are not even counted.
normal_json()
{
	jq -c 'select(.fate != "absorbed")
		| del(.time, .entered, .left, .copies, .timer_ms, .retransmits, .isn)'
}

# ------------------------------------------------- processes, from outside

# Has it the terminal, and is not stopped? A shell says what it wakes before that.
in_front() # PID
{
	ps -o stat= -p "$1" | grep -q '^S.*+'
}

# All that a process has started and that still runs, itself included.
family_of() # PID
{
	ps -e -o pid=,ppid= | awk -v root="$1" '
		{ parent[$1] = $2 }
		END {
			for (pid in parent) {
				for (p = pid; p != root && p in parent; p = parent[p]);
				if (p == root)
					print pid
			}
		}'
}

all_gone() # PID...
{
	local pid
	for pid; do
		# What is only left to be waited for has ended.
		! kill -0 "$pid" 2>/dev/null || grep -qs '^State:.*Z' "/proc/$pid/status" || return 1
	done
}

# An endpoint's process in the host with that address, among netlab's.
pid_at() # ADDRESS NETLAB-PID
{
	local pid
	for pid in $(family_of "$2"); do
		[ "$pid" = "$2" ] && continue
		grep -qsE -e "-- ${1//./\\.}\$" "/proc/$pid/net/fib_trie" || continue
		echo "$pid"
		return
	done
	return 1
}

# Keep both processors busy until load_end. Where others are busy as well, it is
# they who have the processors.
load_pids=
load_begin()
{
	local _
	for _ in 1 2; do
		nice -n 10 sh -c 'while :; do :; done' &
		load_pids+=" $!"
	done
	trap load_end EXIT
}

load_end()
{
	# shellcheck disable=SC2086
	[ -z "$load_pids" ] || kill $load_pids 2>/dev/null
	load_pids=
}
