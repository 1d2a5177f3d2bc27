# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120
#
# netlab enter: a node of a lab that runs elsewhere, found without a name on the
# machine; what runs there ends with the lab.
snapshot_machine "$TMP/before"

# A lab that lives until its input ends; leaves $lab.
begin_lab() # NUMBER
{
	mkfifo "$TMP/in.$1"
	"$NETLAB" <"$TMP/in.$1" >"$TMP/out.$1" 2>&1 &
	lab=$!
	eval "exec {input}>\"\$TMP/in.$1\""
	echo 'exec client true; echo ready' >&"$input"
	wait_for grep -q ready "$TMP/out.$1"
}

begin_lab 1

# ------------------------------------------------------------ a list of them
run "$NETLAB" enter "$lab"
expect_status 0
expect_order '^lab +node +kind$' "^$lab +client +host$" "^$lab +server +host$"
run "$NETLAB" enter
expect_status 0
expect_output "^$lab +client"
echo 'host third' >&"$input"
third()
{
	"$NETLAB" enter "$lab" third true
}
wait_for third
run "$NETLAB" enter "$lab"
expect_output "^$lab +third"

# -------------------------------------------------------------- a command
run "$NETLAB" enter "$lab" client ip -brief address
expect_status 0
expect_output '10\.0\.0\.1/'
expect_no_output '10\.0\.0\.2'
# shellcheck disable=SC2016
run "$NETLAB" enter "$lab" server sh -c 'echo "in $NETLAB_NODE"; ls /sys/class/net; echo err >&2; exit 7'
expect_status 7
expect_output '^in server$' '^eth0$' '^err$'
# shellcheck disable=SC2016
run "$NETLAB" enter "$lab" server sh -c 'kill -9 $$'
expect_status 137
run "$NETLAB" enter "$lab" server /no/such-program
expect_status 127
expect_output 'cannot run /no/such-program'
expect_equal 'through it' "$(echo 'through it' | "$NETLAB" enter "$lab" client cat)"

# Its processes are the lab's: they see one another, and no others. (A build
# with the sanitizers does without that.)
if ! grep -q __asan_init "$NETLAB"; then
	run "$NETLAB" enter "$lab" client cat /proc/1/comm
	expect_output '^netlab-keeper$'
fi

# A signal to it reaches the command, whose status comes back.
"$NETLAB" enter "$lab" client sleep 1000 &
visit=$!
visitor()
{
	pgrep -P "$visit" -x sleep
}
wait_for visitor
kill -TERM "$visit"
wait "$visit"
expect_equal 143 $? "the status"

# --------------------------------------------------------------- what is not
run "$NETLAB" enter "$lab" nobody
expect_status 1
expect_output 'no lab has a node "nobody"'
run "$NETLAB" enter 1 client
expect_status 1
expect_output 'there is no lab 1 that you may enter'
run "$NETLAB" enter --all
expect_status 2
expect_output '^usage: netlab enter'
run "$NETLAB" -c quit enter client
expect_status 2

# A file of that name is a script still.
echo 'echo I am a script' >"$TMP/enter"
run env -C "$TMP" "$NETLAB" ./enter
expect_equal 'I am a script' "$output"
run env -C "$TMP" "$NETLAB" -- enter
expect_equal 'I am a script' "$output"

# ------------------------------------------------------------ two of a name
one=$lab
begin_lab 2
run "$NETLAB" enter client true
expect_status 1
expect_output '^netlab: several labs have a node client:( [0-9]+)+( and [0-9]+ more .netlab enter lists them.)?; say which: netlab enter LAB client$'
# Other tests have theirs, and not more than eight are named.
case $output in
*' more '*) expect_output 'client:( [0-9]+){8} and' ;;
*) expect_output "client:.* $one\>" "client:.* $lab\>" ;;
esac
run "$NETLAB" enter "$lab" client true
expect_status 0

# Where only one lab can be seen its number need not be said.
alone=(unshare --pid --fork --mount-proc)
[ "$USER_KIND" = root ] || alone+=(--user --map-root-user)
if "${alone[@]}" true 2>/dev/null; then
	# shellcheck disable=SC2016
	run "${alone[@]}" bash -c 'unset BASH_ENV
		"$0" enter
		"$0" enter client true
		exec {hold}> >("$0" >/dev/null)
		until "$0" enter client ip -brief address 2>/dev/null | grep 10.0.0.1/; do sleep 0.03; done' "$NETLAB"
	expect_status 0
	expect_output 'no lab runs here that you may enter' '10\.0\.0\.1/'
fi

# ------------------------------------------------------------ the lab's end
for signal in KILL TERM; do
	"$NETLAB" enter "$lab" client sh -c 'trap "" HUP TERM INT; exec sleep 1000' >"$TMP/visit" 2>&1 &
	visit=$!
	wait_for visitor
	family=$(family_of "$visit")
	kill -$signal "$lab"
	wait "$visit" 2>/dev/null
	expect_equal 137 $? "the status when the lab was killed"
	grep -qx 'netlab: the lab has ended' "$TMP/visit" || fail "does not tell that the lab has ended"
	# shellcheck disable=SC2086
	wait_for all_gone $family
	lab=$one
done
expect_same_machine "$TMP/before"
