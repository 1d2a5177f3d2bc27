# SPDX-License-Identifier: GPL-3.0-or-later
# test: host timeout 240
#
# Answers that want to harm: each ends with a report, in time, and with nothing
# left behind. What they may start sees nothing of the grader and takes little of
# the machine.
need jq

exercise=$TMP/secret-exercise.lab
cat >"$exercise" <<'END'
topology pair
listen server 80
connect client server:80
points 3 "nothing was broken" expect server ESTAB
points 2 "hidden-words" expect client CLOSE-WAIT
END
chmod 644 "$exercise"
answers=$TMP/answers.lab
limit=6 # seconds for the student

grade() # OPTION...
{
	local began=$SECONDS
	run timeout -k 1 50 "$NETLAB" grade "$exercise" --answers "$answers" --timeout $limit "$@"
	[ $((SECONDS - began)) -le $((limit + 12)) ] || fail "it took $((SECONDS - began)) s"
	[ "$(grep -cE ' of 5 points; |"event":"report"' <<<"$output")" = 1 ] || fail "there is no report"
	[ ${#output} -lt 20000 ] || fail "the report has ${#output} bytes"
	[ -z "$(marked_processes hostile-mark)" ] || fail "something is left running"
}

with() # ANSWERS...
{
	printf '%s\n' "$@" >"$answers"
}

# ---------------------------------------------------------- by commands
with 'repeat 1000000 repeat 1000000 echo round'
grade
expect_status 1
expect_output 'more than 100000 commands' '^3 of 5 points'
with 'repeat 1000000 send client 1000000'
grade
expect_status 1
with 'send client 4000000000' 'sleep 1000'
grade
expect_output '^timeout .*it took too long|^timeout ' '^3 of 5 points'
with 'repeat 1000000 host h{i}'
grade
expect_status 1
with 'repeat 1000 listen server {i+1000} as s{i}'
grade
expect_status 1
with 'kill server' 'reset' 'host server' 'remove server'
grade
expect_output '^0 of 5 points'
with 'reset' 'topology star 9' 'reset' 'close client'
grade
expect_output '^0 of 5 points'

# -------------------------------------------------------------- by bytes
head -c 300000 /dev/urandom >"$answers"
grade
expect_output '^FAIL ' 'answers\.lab:1: '
printf 'close server\0\nclose client\n' >"$answers"
grade
expect_output '^FAIL ' 'answers\.lab:1: ' '^3 of 5 points'
head -c 1000000 /dev/zero | tr '\0' x >"$answers"
grade
expect_output 'the line is longer than 4096 bytes'
truncate -s 100M "$answers"
grade
expect_output 'has 104857600 bytes; 1048576 are the most'
rm "$answers"
mkdir "$answers"
grade
expect_output 'is no regular file'
rmdir "$answers"
mkfifo "$answers"
grade
expect_output 'is no regular file'
rm "$answers"
yes 'close nobody' | head -c 900000 >"$answers"
grade
expect_output 'answers\.lab:1: '
with "$(printf 'echo \e[2J\e[H 5 of 5 points; \r^[[31m')"
grade
expect_no_output '^5 of 5 points' $'\e'

# ------------------------------------------------------------ by programs
with 'exec client true' 'close server'
run "$NETLAB" grade "$exercise" --answers "$answers" --allow exec
if [ "$status" = 2 ]; then
	expect_output '^netlab: '
	exit 0 # this system does not allow it, and says so
fi
expect_output '^2 of 5 points'

with 'exec client sh -c "echo hostile-mark >/dev/null; b() { b | b & b; }; b"' 'close server'
grade --allow exec
with "exec client sh -c 'while :; do (sleep 1000 hostile-mark &) ; done'"
grade --allow exec
with 'exec client yes hostile-mark' 'close server'
grade --allow exec
expect_output 'it took too long|it printed too much' '^3 of 5 points'
with "exec client sh -c 'head -c 1000000000 /dev/zero | tr \"\\0\" x'"
grade --allow exec
expect_status 1
with "exec client sh -c 'for i in 1 2 3 4 5 6 7 8; do tail /dev/zero & done; wait'"
grade --allow exec
expect_status 1
with "exec client sh -c 'setsid sleep 1000 hostile-mark & exit 0'" 'close server'
grade --allow exec
expect_output '^2 of 5 points'
with "exec client sh -c 'trap \"\" INT TERM HUP; sleep 1000; echo hostile-mark'"
grade --allow exec
expect_output 'it took too long|it printed too much' '^3 of 5 points'
with "exec client sh -c 'kill -9 -1; kill -9 1; kill -9 0'" 'close server'
grade --allow exec
expect_output '^FAIL ' '^3 of 5 points'
with "exec client sh -c 'cat /dev/zero >/tmp/full; cat /dev/zero >/dev/shm/full; df -k /tmp | tail -n 1'"
grade --allow exec --format json
jq -es '.[0].output | length < 2000' >/dev/null <<<"$output" || fail "its output is odd"

# What it can read has nothing of the expectations, and no other process is seen.
look='for f in /proc/[0-9]*/environ /proc/[0-9]*/cmdline /proc/[0-9]*/mountinfo; do cat $f; done 2>/dev/null |
	tr "\0" "\n"; cat '"$exercise $TOP/topologies/exercises/* $TOP/tests/cmd/grade.sh"'; ls -R /tmp /root /home;
	ls /proc | grep -c "^[0-9]"; umount /proc /sys /tmp; unshare -r true && echo broken-out;
	grep CapEff /proc/self/status; echo x >/usr/x || echo x >/etc/x || echo read-only'
with "exec client sh -c '$(tr -d '\n' <<<"$look")'"
grade --allow exec --format json
output=$(jq -rs '.[0].output' <<<"$output")
expect_output '^CapEff:	0*3400$' '^read-only$'
expect_no_output hidden-words '^broken-out$' '^points '
[ "$(grep -xE '[0-9]{1,3}' <<<"$output")" -le 8 ] || fail "it sees other processes"

# Nor can it be heard by the grader: what it holds open says nothing.
with "exec client sh -c 'ls -l /proc/self/fd /proc/1/fd; cat /proc/1/mem; for n in 3 4 5 6 7 8 9; do eval \"echo forged >&\$n\"; done'"
grade --allow exec
expect_output '^3 of 5 points'
expect_no_output forged
exit 0
