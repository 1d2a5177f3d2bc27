# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120
#
# save: what it writes builds the same lab, and saving that one writes the same.
# What is shown of it, in all forms, without the frames that were counted.
look() # COMMAND...
{
	run "$NETLAB" --json -c "$*; echo begin; show; show links; show addresses; show routes"
	expect_status 0
	output=$(sed -E '1,/"text":"begin"/d; s/,"entered".*"queued":[0-9]+//' <<<"$output")
}

# The lab that standard input makes, saved and loaded again; $output is what
# was written.
same_again() # WHAT
{
	cat >"$TMP/build.lab"
	rm -f "$TMP/saved.lab" "$TMP/again.lab"
	look "reset; source $TMP/build.lab; save $TMP/saved.lab"
	before=$output
	look "topology $TMP/saved.lab; save $TMP/again.lab"
	expect_equal "$before" "$output" "$1: shown"
	output=$(cat "$TMP/saved.lab")
	expect_equal "$output" "$(cat "$TMP/again.lab")" "$1: saved"
}

same_again nothing <<<''
same_again pair <<'END'
host client server
link client server
END
expect_equal $'host client server\nlink client server' "$(grep -v '^#' <<<"$output")"

names="star chain dumbbell ring tree proxy two-paths"
[ "$KERNEL" = host ] || names="star two-paths" # time is dear there
for name in $names; do
	same_again "$name" <"$TOP/topologies/$name.lab"
done

same_again everything <<'END'
backend gate
ipv6 on
host a
router r1
host b c
switch s1
router r2
link a r1:out delay 5ms jitter 1ms loss 1%
link r1 r2
link r2 s1
link b s1
link s1 c
netem r1>r2 rate 1mbit limit 20
netem r2>r1 delay 1ms
netem b>s1 duplicate 1%
address a 192.0.2.1/24
address r1 a 192.0.2.2/24
address b 10.0.2.77/24
address b 198.51.100.7/24
address r1 r2 off
route b 203.0.113.0/24 via r2
route a default via r1
sysctl a tcp_fin_timeout=33
sysctl b tcp_rmem='4096 100000 200000'
link s1 c down
END
expect_output '^ipv6 on$' '^backend gate$' '^link a r1:out delay 5ms jitter 1ms loss 1%$' \
	'^netem r1>r2 rate 1mbit limit 20$' '^link s1 c down$' '^address a r1 192\.0\.2\.1/24$' \
	'^address r1 r2 off$' '^route b 203\.0\.113\.0/24 via ' '^sysctl a .*tcp_fin_timeout=33$' \
	'^sysctl b ".*tcp_rmem=4096.100000.200000"$'

same_again swapped <<'END'
host a b
link a b
address a off
address b off
address a 10.0.0.2/30
address b 10.0.0.1/30
END

# What was taken away has left gaps: names and addresses are written out.
same_again gaps <<'END'
host a b c d
router r
link a r
link b r
link c r
link d a
unlink b r
remove d
host e
link e r
END
expect_output '^link c r:eth2$' '^address a r off$' '^address c r 10\.0\.2\.1/30$'

# The lab of a connection, and files that are there.
run_script <<END
listen server 80
connect client server:80
save $TMP/new.lab
expect client ESTAB
expect error EEXIST save $TMP/new.lab
link client server down
save $TMP/new.lab over
expect error EISDIR save $TMP
expect error ENOENT save $TMP/none/new.lab
END
expect_status 0
grep -qx 'link client server down' "$TMP/new.lab" || fail "the file was not overwritten"
expect_equal 'again.lab build.lab new.lab saved.lab script.lab' "$(cd "$TMP" && echo *.lab*)" "the files"
run "$NETLAB" -c "save $TMP/new.lab"
expect_status 1
expect_equal "-c:1: $TMP/new.lab is there already; \`save $TMP/new.lab over\` overwrites it" "$output"
touch "$TMP/a b.lab"
run "$NETLAB" -c "save \"$TMP/a b.lab\""
expect_output "is there already; \`save \"$TMP/a b.lab\" over\` overwrites it$"
run "$NETLAB" -t "$TMP/new.lab" -c 'link client server up; ping client server'
expect_status 0
