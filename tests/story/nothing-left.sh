# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120
#
# The machine is the same before, during and after, and nothing of netlab's is
# left, however it ends: in order, killed in the middle of a held close, with
# an endpoint crashed or stopped, and with a program in a session of its own.
nap="sleep 3600.$$" # nobody else's
held='listen server 80; connect client server:80; hold; close client; step'

# Start a lab in the background and wait until it is in the middle of a close.
begin() # COMMANDS...
{
	: >"$TMP/out"
	"$NETLAB" -c "$held; $*; echo reached; sleep 1h" >"$TMP/out" 2>&1 &
	lab=$!
	wait_for grep -q '^reached' "$TMP/out"
	family=$(family_of "$lab")
	[ "$(wc -w <<<"$family")" -ge 4 ] || fail "netlab, its keeper and two endpoints expected: $family"
}

# The lab is gone, with all that it had started, and the machine is as before.
expect_nothing_left()
{
	wait "$lab" 2>/dev/null
	# shellcheck disable=SC2086
	wait_for all_gone $family
	wait_for no_test_processes
	expect_same_machine "$TMP/before"
}

snapshot_machine "$TMP/before"

# In order, from beginning to end.
run "$NETLAB" topologies/close.lab
expect_status 0
wait_for no_test_processes
expect_same_machine "$TMP/before"

# Killed in the middle, as a script; and before that nothing was touched.
begin ss
expect_same_machine "$TMP/before"
kill -9 "$lab"
expect_nothing_left

# Asked to end.
begin ss
kill -TERM "$lab"
expect_nothing_left

# With a program in a session of its own, which no hangup reaches. (A build with
# LeakSanitizer has no PID namespace, see netlab/machine.c.)
if ! grep -q __asan_init "$NETLAB"; then
	begin exec client setsid sh -c "'$nap >/dev/null 2>&1 &'"
	wait_for pgrep -f -x "${nap/./\\.}"
	family+=" $(pgrep -f -x "${nap/./\\.}")"
	kill -9 "$lab"
	expect_nothing_left
fi

# An endpoint crashes: it is told, the lab goes on, and ends as ever.
begin ss
kill -SEGV "$(pid_at 10.0.0.2 "$lab")"
wait_for grep -q 'server  process ended by SIGSEGV' "$TMP/out"
kill -0 "$lab" || fail "netlab ended with its endpoint"
kill -9 "$lab"
expect_nothing_left

# An endpoint is stopped, from outside and by the lab.
begin stop client
kill -STOP "$(pid_at 10.0.0.2 "$lab")"
kill -9 "$lab"
expect_nothing_left

# At the prompt.
screen_start 100 40 "$NETLAB"
screen_wait '^netlab>'
screen_enter "$held"
screen_wait 'CLOSE-WAIT'
lab=$(ps -e -o pid=,ppid=,comm= | awk -v shell="$(screen_pid)" '$2 == shell && $3 == "netlab" { print $1 }')
[ -n "$lab" ] || fail "netlab is not under its terminal"
family=$(family_of "$lab")
kill -9 "$lab"
screen_wait '\[ended 137\]'
screen_end
expect_nothing_left
