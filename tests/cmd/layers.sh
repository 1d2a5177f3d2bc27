# SPDX-License-Identifier: GPL-3.0-or-later
# test: once
#
# The layers of the source: nobody includes what lies above, and each library
# has one file that knows it. Functions and files stay readable.
cd "$TOP" || exit 1

# "FILE INCLUDED" of every include.
includes=$(grep -nE '^[[:space:]]*#[[:space:]]*include' {netlab,cli,include}/*.[ch] |
	sed -E 's/^([^:]+):[0-9]+:[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]([^>"]+)[>"].*/\1 \2/')
[ "$(wc -l <<<"$includes")" -gt 200 ] || fail "no includes found"

# Who else includes it?
only() # WHAT-REGEX WHO-REGEX
{
	local found
	found=$(awk -v what="$1" -v who="$2" '$2 ~ what && $1 !~ who' <<<"$includes")
	[ -z "$found" ] || fail "$found: $1 is for $2 alone"
	awk -v what="$1" '$2 ~ what { found = 1 } END { exit !found }' <<<"$includes" ||
		fail "nobody includes $1"
}

only '^netlink/' '^netlab/netif(_[a-z]+)?\.[ch]$'
only '^libmnl/' '^netlab/(diag|probe_netlink|nat)\.c$'
only '^readline/' '^cli/shell\.c$'

# The engine knows no shell, and what it offers is one header.
declare -A from_cli=() public=()
for file in cli/*.h; do
	from_cli[${file#cli/}]=yes
done
for file in $(sed -nE 's/.*include "\.\.\/netlab\/(.*)".*/\1/p' include/netlab.h); do
	public[$file]=yes
done
while read -r file what; do
	case $file in
	netlab/*)
		[[ $what == *cli/* || ${from_cli[$what]:-} ]] && [ ! -e "netlab/$what" ] &&
			fail "$file includes $what of the shell"
		;;
	cli/*)
		[[ $what == */netlab/* || $what == netlab/* ]] && fail "$file includes $what of the engine"
		[ -e "netlab/$what" ] && [ ! -e "cli/$what" ] && [ -z "${public[$what]:-}" ] &&
			fail "$file includes $what of the engine"
		;;
	esac
done <<<"$includes"

# Commands stand side by side.
for file in cli/*.[ch]; do
	grep -nE 'include "cmd-' "$file" && fail "$file includes a command"
done
# The engine neither prints nor exits (what its child processes say, and its
# last words when there is no memory, are not meant).
grep -nE '\b(printf|puts|putchar)\(|\bstdout\b|[^_]\bexit\(' netlab/*.c &&
	fail "the engine prints or exits"

# Long functions and files.
long=$(awk 'FNR == 1 { name = "" }
	/^[a-z].*\(/ && !/;[[:space:]]*$/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
	/^\{/ { begin = FNR }
	/^\}/ { if (begin && FNR - begin - 1 > 80) print FILENAME ": " name ": " FNR - begin - 1 " lines"
		begin = 0 }' netlab/*.c cli/*.c)
[ -z "$long" ] || fail "functions over 80 lines: $long"
wc -l {netlab,cli,include}/*.[ch] | awk '$2 != "total" && $1 > 400 {
	print "over 400 lines: " $2 ": " $1 }'
exit 0
