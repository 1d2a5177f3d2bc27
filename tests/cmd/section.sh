# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# section: a heading of 78 columns, set off; a long one is broken; ASCII without
# UTF-8.
run_script <<'END'
section The client closes
echo output
section Next
section Then
END
expect_status 0
rule()
{
	printf '─%.0s' $(seq "$1")
}
expect_equal "── The client closes $(rule 57)

output

── Next $(rule 70)

── Then $(rule 70)" "$output"
run env LC_ALL=C "$NETLAB" -c 'section a; section b'
expect_order '^-- a -{73}$' '^$' '^-- b -{73}$'
run "$NETLAB" -c 'section A heading so long that it does not fit into a line of seventy-eight columns at all'
expect_order '^── A heading so long .* of seventy-eight$' '^── columns at all ─{60}$'
run "$NETLAB" --json -c 'section a b'
expect_equal '{"event":"text","kind":"section","text":"a b"}' "$output"
run "$NETLAB" -c section
expect_status 1
expect_output 'section: TEXT is missing'
