# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# help: every command is listed, each explains itself with an example.
run "$NETLAB" -c help
expect_status 0
list=$(grep -oE '^  [a-z]+  ' <<<"$output")
[ "$(wc -w <<<"$list")" -ge 30 ] || fail "30 commands at least expected: $list"
for name in $list; do
	run "$NETLAB" -c "help $name"
	expect_status 0
	expect_output "^usage: +$name"
	[ "$name" = quit ] || expect_output '[Ee]xample'
done
run "$NETLAB" -c 'help conn'
expect_status 0
expect_output 'connect NODE NODE:PORT'
run "$NETLAB" -c 'help nonsense'
expect_status 1
expect_output 'no command "nonsense"'
