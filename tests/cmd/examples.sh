# SPDX-License-Identifier: GPL-3.0-or-later
# test: host timeout 240
#
# Every command of the table has an example that works after a connection was
# opened, and a test of its own.
need jq
run "$NETLAB" --man
expect_status 0
examples=$(sed -nE 's/^Example: //p' <<<"$output" | sed 's/\\-/-/g; s/\\\\/\\/g; s/\\e/\\/g')
listed=$("$NETLAB" -c help | grep -oE '^  [a-z]+  ')
count=$(wc -w <<<"$listed")
[ "$count" -ge 30 ] || fail "30 commands at least expected, not $count"

for name in $listed; do
	run "$NETLAB" -c "help $name"
	example=$(sed -nE 's/^example: +//p' <<<"$output")
	[ -n "$example" ] || fail "$name has no example"
	grep -Fqx -e "$example" <<<"$examples" || fail "the man page has another example of $name: $example"
	[ "$name" != shell ] || continue # only at a prompt, see shell-node.sh
	run "$NETLAB" -c "listen server 80; connect client server:80; $example"
	expect_status 0
	[ "$KERNEL" = host ] || continue # what follows has nothing to do with the kernel
	run "$NETLAB" --json -c "listen server 80; connect client server:80; $example"
	expect_status 0
	jq -e . >/dev/null <<<"$output" || fail "$example: not every line is an object"
	[ -f "$TOP/tests/cmd/$name.sh" ] || [ -f "$TOP/tests/cmd/$name.lab" ] ||
		fail "$name has no test"
done
