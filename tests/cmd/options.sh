# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# The program's own options, and its exit status: 0 all well, 1 a command or
# an expectation failed, 2 wrong usage.
need jq

wrong_usage() # ARGUMENT...
{
	run "$NETLAB" "$@"
	expect_status 2
	expect_equal 1 "$(wc -l <<<"$output")" "netlab $*: the lines"
	expect_output '^netlab: .*see netlab --help'
}

run "$NETLAB" --help
expect_status 0
expect_output '^usage: netlab' '--json' '--color' '^Exit status: 0'
run "$NETLAB" --version
expect_status 0
expect_output '^netlab [0-9]+\.[0-9]+\.[0-9]+$'

wrong_usage --nonsense
wrong_usage -x
wrong_usage -c
wrong_usage -t
wrong_usage --color=pink
wrong_usage -c echo -c echo
wrong_usage --json=yes
wrong_usage help

run "$NETLAB" -c 'echo one; echo two'
expect_status 0
expect_equal $'one\ntwo' "$output"
run "$NETLAB" -c 'echo one; nonsense; echo two'
expect_status 1
expect_no_output two
run "$NETLAB" -k -c 'echo one; nonsense; echo two'
expect_status 1
expect_output '^two$'
run "$NETLAB" --keep-going -c 'nonsense; echo two'
expect_status 1
expect_output '^two$'
run "$NETLAB" -c 'expect client ESTAB'
expect_status 1

# Several scripts, one after the other, in one lab; none after a failure.
echo 'listen server 80' >"$TMP/a.lab"
echo 'connect client server:80' >"$TMP/b.lab"
echo nonsense >"$TMP/c.lab"
run "$NETLAB" "$TMP/a.lab" "$TMP/b.lab"
expect_status 0
expect_output 'client  connect\(\) = 0'
run "$NETLAB" "$TMP/c.lab" "$TMP/a.lab"
expect_status 1
expect_no_output listen
run "$NETLAB" -k "$TMP/c.lab" "$TMP/a.lab"
expect_status 1
expect_output 'listen\(\) = 0'

# A script on standard input, whole or line by line.
status=0
output=$(printf 'echo one\nexpect client ESTAB\necho two\n' | "$NETLAB" 2>&1) || status=$?
expect_status 1
expect_order '^one$' '^stdin:2: '
expect_no_output two
mkfifo "$TMP/pipe"
"$NETLAB" <"$TMP/pipe" >"$TMP/out" 2>&1 &
pid=$!
exec 3>"$TMP/pipe"
echo 'echo first' >&3
wait_for grep -q first "$TMP/out"
echo 'echo second' >&3
wait_for grep -q second "$TMP/out"
exec 3>&-
status=0
wait $pid || status=$?
expect_status 0

run "$NETLAB" -t pair -c 'ping client server'
expect_status 0
run "$NETLAB" --topology=nonsense -c 'echo never'
expect_status 1
expect_no_output never

# --json: objects and nothing else, one a line; errors too.
for file in topologies/close.lab tests/story/close-simultaneously.lab tests/cmd/hold.lab; do
	run "$NETLAB" --json "$file"
	expect_status 0
	jq -es 'all(type == "object" and has("event"))' >/dev/null <<<"$output" ||
		fail "$file: not every line is an object"
done
run "$NETLAB" --json -k -c 'help; help ss; ss; segments; events; hold; ping client server
	sysctl client tcp_fin_timeout; exec client echo hi; release; nonsense; expect client ESTAB'
expect_status 1
jq -es 'all(type == "object" and has("event"))' >/dev/null <<<"$output" ||
	fail "not every line is an object"
expect_equal 2 "$(jq -s '[.[] | select(.event == "error")] | length' <<<"$output")" "the errors"
[ "$(jq -r 'select(.event == "error" and .line == 11).file' <<<"$output")" = -c ] ||
	[ "$(jq -r 'select(.event == "error") | .file' <<<"$output" | sort -u)" = -c ] || fail "where?"

# The fields that programs depend on.
run "$NETLAB" --json topologies/close.lab
jq -es '
	([.[] | select(.event == "segment")] | length > 7 and all(
		(.n | type) == "number" and (.time | type) == "number" and (.from | type) == "string" and
		(.to | type) == "string" and (.flags | type) == "string" and (.seq | type) == "number" and
		has("ack") and (.len | type) == "number" and (.entered | type) == "number" and has("left") and
		(.fate | IN("held", "delivered", "dropped", "lost", "absorbed")))) and
	([.[] | select(.event == "state")] | length > 7 and all(
		(.node | type) == "string" and (.socket | test("^[0-9.]+:[0-9]+ ([0-9.]+:[0-9]+|\\*)$")) and
		has("endpoint") and (.from | type) == "string" and (.to | type) == "string" and
		(.how | IN("observed", "inferred")) and (.cause | type) == "string")) and
	([.[] | select(.event == "call")] | length > 3 and all(
		(.endpoint | type) == "string" and (.call | type) == "string" and
		(.result | type) == "number" and has("errno"))) and
	([.[] | select(.event == "check")] | length > 3 and all(
		.file == "topologies/close.lab" and (.line | type) == "number" and
		(.text | test("^expect ")) and .ok == true))' >/dev/null <<<"$output" ||
	fail "a field is missing or of another type"
expect_output '"call":"connect","result":0,"errno":null'
run "$NETLAB" --json -c 'expect error ECONNREFUSED connect client server:1'
expect_output '"endpoint":"client","call":"connect","result":-1,"errno":"ECONNREFUSED"'

# Colour: never into a file unless wanted, and never in objects.
escape=$'\033'
colored() # OPTION...
{
	run "$NETLAB" "$@" topologies/close.lab
	expect_status 0
	grep -q "$escape" <<<"$output"
}
colored --color=always || fail "--color=always gives no colour"
colored && fail "colour goes into a file"
colored --color=auto && fail "--color=auto puts colour into a file"
colored --color=never && fail "--color=never gives colour"
colored --color=always --json && fail "colour goes into objects"
exit 0
