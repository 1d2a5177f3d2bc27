# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# netem.bash - cases for tests/helpers/measure.c, side by side, and what their
# figures are held against.
#
# $backends are those that carry out impairments on this kernel; $z is how far
# from its mean a count may be, in standard deviations: with a seed 3.29 (99.9 %),
# and the count is the same each time. The kernel's netem takes no seed: 5, which
# is missed once in a million runs.

backends=gate
"$NETLAB" -c "backend kernel" >/dev/null 2>&1 && backends="gate kernel"
frames=2000
# An emulated machine's own time is coarse: one at a time, and less often.
slow='' jobs=2 every=250 # microseconds
[ "$KERNEL" = host ] || slow=yes jobs=1 every=600
cases=()

# What the gate does is the same on every kernel: where time is dear, it is left
# out after this.
kernel_first()
{
	[ "$backends" = gate ] || [ ! "$slow" ] || backends=kernel
}

trap 'kill $(jobs -p) 2>/dev/null' EXIT

# Measure frames on a link impaired by these words, in the background.
case_begin() # NAME BACKEND [OPTION...] WORD...
{
	local name=$1 backend=$2
	shift 2
	while [ "$(jobs -pr | wc -l)" -ge $jobs ]; do
		wait -n
	done
	cases+=("$name")
	"$TOP/build/tests/helpers/measure" -b "$backend" -n $frames -i $every \
		"$@" >"$TMP/$name" 2>"$TMP/$name.err" &
}

# All have ended well, seen all that was sent, and counted what was seen.
cases_end()
{
	local name counted
	wait
	for name in "${cases[@]}"; do
		case_show "$name"
		[ ! -s "$TMP/$name.err" ] || fail "$name: measure complains"
		expect_value "$name" sent $frames
		expect_value "$name" entered $frames
		expect_value "$name" unknown 0
		expect_value "$name" other_way 0
		expect_value "$name" overruns 0
		counted=$(figure "$name" counted)
		expect_equal "$(case_counted "$name")" "${counted% queued*}" "$name: seen on the wire, counted"
	done
}

case_show() # NAME
{
	output=$(echo "$1:" && cat "$TMP/$1" "$TMP/$1.err" | grep -v ^index)
}

# What `show links` has to say of it.
case_counted() # NAME
{
	awk '{ v[$1] = $2 }
		END { print "entered", v["entered"], "left", v["left"] + v["doubled"], "lost", v["lost"],
			"doubled", v["doubled"], "reordered", v["reordered"], "corrupted", v["corrupted"] }' "$TMP/$1"
}

figure() # CASE NAME
{
	sed -n "s/^$2 //p" "$TMP/$1"
}

expect_value() # CASE NAME VALUE
{
	[ "$(figure "$1" "$2")" = "$3" ] || fail "$1: $2 is not $3 but $(figure "$1" "$2")"
}

expect_between() # CASE NAME LOW HIGH
{
	case_show "$1"
	awk -v seen="$(figure "$1" "$2")" -v low="$3" -v high="$4" \
		'BEGIN { exit !(seen != "" && seen >= low && seen <= high) }' ||
		fail "$1: $2 is $(figure "$1" "$2"), not from $3 to $4"
}

# A count of something that happens to each of N with probability P percent.
expect_chance() # CASE NAME P N
{
	local z=3.29 bounds
	[[ $1 == kernel* ]] && z=5
	bounds=$(awk -v p="$3" -v n="$4" -v z=$z 'BEGIN {
		p /= 100
		by = z * sqrt(n * p * (1 - p))
		print p * n - by, p * n + by
	}')
	# shellcheck disable=SC2086
	expect_between "$1" "$2" $bounds
}

# A function that measures and fails: again, twice at most, when it did, for the
# machine may have been busy. What is always wrong fails three times.
in_three_tries() # FUNCTION [ARGUMENT...]
{
	local try
	for try in 1 2; do
		("$@") >"$TMP/try" 2>&1 && return
		echo "try $try: $(head -n 1 "$TMP/try")"
	done
	"$@"
}

# The words that make chance the same each time, where the back end can.
seed_of() # BACKEND
{
	[ "$1" != gate ] || echo seed 7
}
