# SPDX-License-Identifier: GPL-3.0-or-later
#
# backend: chosen, told, and moved over.
run_script <<'END'
backend
netem client>server delay 5ms
backend gate
backend
ping client server
backend auto
backend
netem all none
ping client server
END
expect_status 0
expect_order '^  backend auto: ' '^  client > server +none$' '^  client > server +delay 5ms   by ' \
	'^  backend emulated \(gate\): ' '^  client > server +delay 5ms   by emulated \(gate\)$' \
	'^  server > client +none$' '^  backend auto: ' '^  client > server +delay 5ms   by '

# The kernel's netem where there is one, the reason where there is none.
run "$NETLAB" -c 'netem all delay 5ms; backend kernel; backend'
if [ "$status" = 0 ]; then
	expect_output 'client > server +delay 5ms   by netem \(kernel\)$'
else
	expect_output 'netem'
	expect_equal 1 "$(grep -c '^-c:2: ' <<<"$output")" "the lines"
	run "$NETLAB" -c 'netem all delay 5ms; backend; ping client server'
	expect_status 0
	expect_output 'the gate stands in: .*netem' 'delay 5ms   by emulated \(gate\)$'
fi
run "$NETLAB" --json -c 'backend'
expect_output '"event":"backend","chosen":"auto","reason":null'
run "$NETLAB" -c 'backend nonsense'
expect_status 1
expect_output '"nonsense" is none of auto.kernel.gate'
