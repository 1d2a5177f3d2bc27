# SPDX-License-Identifier: GPL-3.0-or-later
# test: host timeout 120
#
# Bad input is answered by one clear line each, and the lab is unharmed: what
# was there before works on.
before='listen server 80; connect client server:80'
after='ss; send client hello; recv server; close client; wait server CLOSE-WAIT'

# One line, naming what is wrong; exit status 1; and the lab lives on.
refuses() # REGEX COMMAND
{
	run "$NETLAB" -c "$before; echo begin; $2"
	expect_status 1
	output=$(sed '1,/^begin$/d' <<<"$output")
	# A check that fails shows the tables as well.
	[[ $2 != expect* && $2 != wait* ]] || output=$(grep '^-c:' <<<"$output")
	expect_equal 1 "$(grep -c . <<<"$output")" "$2: the lines"
	expect_output "^-c:4: .*$1"
}

unharmed() # COMMAND...
{
	run "$NETLAB" -k -c "$before; $*; echo alive; $after"
	expect_status 1
	output=$(sed '1,/^alive$/d' <<<"$output")
	expect_output 'client +client +ESTAB' 'server +server/1 +ESTAB' 'recv\(\) = 5 "hello"' \
		'ESTAB . CLOSE-WAIT'
	expect_no_output '^-c:'
}

# ------------------------------------------------------------- too few words

all='ping'
for line in host router switch remove link 'link client' unlink 'unlink client' address route \
	'route client' 'nat off' ipv6 save netem 'netem all' ping 'ping client' exec 'exec client' sysctl \
	'sysctl client' listen 'listen server' connect 'connect client' send 'send client' recv \
	shutdown close abort kill stop cont destroy expect 'expect client' wait 'wait client' \
	source repeat 'repeat 3' sleep; do
	refuses '(missing|usage: |too little|belongs)' "$line"
	all+="; $line"
done
unharmed "$all"

# ------------------------------------------------------------ too many words

all=nonsense
for line in 'ping client server more' 'sysctl client tcp_rmem more' \
	'unlink client server more' 'show links client more' 'save - over more' 'reset more' \
	'backend auto more' 'pingall more' 'ipv6 on more' 'nat client more' \
	'listen server 81 more' 'connect client server:80 more' 'send client a more' \
	'recv client 5 more' 'shutdown client wr more' 'close client more' 'abort client more' \
	'kill client more' 'stop client more' 'cont client more' 'destroy client more' \
	'hold client>server more' 'step 1 more' 'drop 1 more' 'release more' 'segments more' \
	'ss client more' 'events more' 'wait client ESTAB more' 'sleep 1ms more' 'help ss more' \
	'quit more'; do
	refuses 'more' "$line"
	all+="; $line"
done
unharmed "$all"

# ------------------------------------------- unknown names, and the nearest

refuses 'did you mean close' 'clsoe client'
refuses 'no command "xyzzy"' 'xyzzy'
refuses 'client' 'close cleint'
refuses 'no ' 'close xyzzy'
refuses 'ESTAB' 'wait client ESTABL'
refuses 'client' 'ping clinet server'
refuses 'server' 'connect client sever:80'
refuses 'could be' 's'
refuses 'client what\?' 'client'
refuses 'no command' 'client xyzzy'
refuses '"sideways"' 'shutdown client sideways'
refuses 'loop' 'repeat 3 repeat 3 loop'
unharmed 'clsoe client; xyzzy; close cleint; close xyzzy; client; s; shutdown client sideways'

# ------------------------------------------------------------- out of range

for line in 'listen server 0' 'listen server 65536' 'listen server -1' 'listen server 8o' \
	'listen server 99999999999999999999' 'connect client server:0' 'connect client server:65536' \
	'connect client server' 'connect client :80' 'connect client 10.0.0.300:80' \
	'connect client server:80 from 0' 'connect client server:80 from 70000' 'step 0' \
	'step 1000001' 'step -1' 'repeat -1 echo' 'sleep -1' 'sleep 1x' 'sleep 99999999999999999999' \
	'send client 0' 'send client 9999999999G' 'recv client 0' 'recv client -5' 'events last 0' \
	'listen server 81 as 1st' 'listen server 81 as a_name_that_is_far_too_long' \
	'hold client' 'hold client>client' 'hold client>nobody' 'hold server>' "echo 'unfinished"; do
	refuses '.' "$line"
done

# ----------------------------------------------------------- bytes and files

# A script with one wrong line between good ones: that line is named, and with
# -k what comes after it is done.
wrong_line() # REGEX
{
	{
		printf '%s\n' "listen server 80" "connect client server:80" "echo begin"
		cat
		printf '\n%s\n' "echo alive" "send client hello" "recv server"
	} >"$TMP/script"
	run "$NETLAB" "$TMP/script"
	expect_status 1
	expect_no_output alive
	output=$(sed '1,/^begin$/d' <<<"$output")
	expect_equal 1 "$(grep -c . <<<"$output")" "the lines"
	expect_output "^$TMP/script:4: .*$1"
	run "$NETLAB" -k "$TMP/script"
	expect_status 1
	output=$(sed '1,/^begin$/d' <<<"$output")
	expect_equal 1 "$(grep -c "^$TMP/script:" <<<"$output")" "the complaints"
	expect_output '^alive$' 'recv\(\) = 5 "hello"'
}

wrong_line 'long' < <(printf 'echo %05000d' 7)
wrong_line 'long' < <(printf 'echo %01000000d' 7)
wrong_line 'words' < <(printf 'echo'; printf ' a%.0s' {1..600})
wrong_line 'quote' < <(printf 'echo "never ends')
wrong_line '.' < <(printf 'echo \377\376 binary')
wrong_line '.' < <(printf 'echo \0 zero')
wrong_line '.' < <(printf 'echo \033[2J control')

head -c 100000 "$NETLAB" >"$TMP/garbage"
run "$NETLAB" "$TMP/garbage"
expect_status 1
expect_equal 1 "$(wc -l <<<"$output")" "garbage: the lines"
status=0
"$NETLAB" -k -c "$before; source $TMP/garbage; echo alive; $after" >"$TMP/out" 2>&1 || status=$?
output=$(grep -av "^$TMP/garbage:" "$TMP/out")
expect_status 1
expect_output '^alive$' 'recv\(\) = 5 "hello"'
! LC_ALL=C grep -aqP '[\x00-\x08\x0e-\x1f]' "$TMP/out" || fail "garbage reaches the terminal"

run "$NETLAB" "$TMP/none.lab"
expect_status 1
expect_equal 1 "$(wc -l <<<"$output")" "a missing file: the lines"
expect_output "$TMP/none.lab.*No such file"
run "$NETLAB" "$TMP"
expect_status 1
expect_equal 1 "$(wc -l <<<"$output")" "a directory: the lines"
expect_output "$TMP is a directory"
refuses 'No such file' "source $TMP/none.lab"
refuses 'is a directory' "source $TMP"
refuses 'is a directory' "topology $TMP/"
unharmed "source $TMP/none.lab; source $TMP; topology $TMP/none.lab; topology $TMP/"
: >"$TMP/empty"
run "$NETLAB" "$TMP/empty"
expect_status 0
expect_equal '' "$output"

# Ten megabytes, and the last line counts.
{
	yes 'echo a line of a script that goes on and on and on and on and on and on #' | head -n 140000
	echo nonsense
} >"$TMP/long"
[ "$(stat -c %s "$TMP/long")" -gt 10000000 ] || fail "the long script is too short"
status=0
"$NETLAB" "$TMP/long" >"$TMP/out" 2>"$TMP/err" </dev/null || status=$?
expect_status 1
expect_equal 140000 "$(wc -l <"$TMP/out")" "the long script: the lines"
expect_equal "$TMP/long:140001: no command \"nonsense\"; \`help\` lists them" "$(cat "$TMP/err")"

# Sources that go round.
echo "source $TMP/a" >"$TMP/a"
run "$NETLAB" "$TMP/a"
expect_status 1
expect_equal 1 "$(wc -l <<<"$output")" "a loop: the lines"
expect_output "^$TMP/a:1: .*itself"
echo "source $TMP/b" >"$TMP/a"
echo "source $TMP/a" >"$TMP/b"
run "$NETLAB" -c "source $TMP/a"
expect_status 1
expect_equal 1 "$(wc -l <<<"$output")" "a longer loop: the lines"
echo "topology $TMP/a" >"$TMP/a"
run "$NETLAB" -c "topology $TMP/a"
expect_status 1
expect_equal 1 "$(wc -l <<<"$output")" "a loop of topologies: the lines"
