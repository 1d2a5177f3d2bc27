# SPDX-License-Identifier: GPL-3.0-or-later
# test: host, timeout 120
#
# When descriptors or namespaces run out in the middle of building a lab, that is
# one line which says what to raise, and the lab that there was is as before, in
# use, and can still be worked with.
need unshare
cat >"$TMP/script.lab" <<'END'
topology chain
listen h2 80
connect h1 h2:80
echo @before
show; show links; show addresses; show routes
echo @misuse
topology star 100
echo @after
show; show links; show addresses; show routes
echo @end
send h1 hello
recv h2
unlink r1 r2
link r1 r2
ping h1 h2
END

check() # WHAT REGEX-OF-ADVICE
{
	[ "$status" = 1 ] || fail "$1: exit status $status"
	expect_equal "$(sed -n '/^@before/,/^@misuse/p' "$TMP/out" | grep -v ^@)" \
		"$(sed -n '/^@after/,/^@end/p' "$TMP/out" | grep -v ^@)" "$1: the lab before and after"
	[ "$(sed -n '/^@before/,/^@misuse/p' "$TMP/out" | wc -l)" -ge 15 ] || fail "$1: nothing was looked at"
	output=$(cat "$TMP/err")
	expect_output "$2"
	[ "$(wc -l <"$TMP/err")" = 1 ] || fail "$1: $(wc -l <"$TMP/err") lines of errors, not one"
	output=$(cat "$TMP/out")
	expect_output 'recv\(\) = 5 "hello"' 'h1 > h2  echo reply'
}

status=0
(
	ulimit -n 64
	exec "$NETLAB" -k "$TMP/script.lab"
) >"$TMP/out" 2>"$TMP/err" || status=$?
check "no more descriptors" '^[^ ]*star.lab:[0-9]+: .*(ulimit|open files)'

unshare -Ur true 2>/dev/null || skip "this user may not make a user namespace, whose limits could be lowered"
status=0
unshare -Ur sh -c "echo 24 >/proc/sys/user/max_net_namespaces && exec '$NETLAB' -k '$TMP/script.lab'" \
	>"$TMP/out" 2>"$TMP/err" || status=$?
check "no more namespaces" '^[^ ]*star.lab:[0-9]+: .*max_net_namespaces'
