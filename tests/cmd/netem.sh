# SPDX-License-Identifier: GPL-3.0-or-later
#
# netem: words laid over one direction, over both, over all; wrong ones change
# nothing.
run_script <<'END'
netem client>server delay 20ms loss 0.5%
netem client>server loss 100%
netem server-client duplicate 1%
netem client>server loss 0%
netem all rate 10mbit
END
expect_status 0
expect_order '^  client > server +delay 20ms loss 0.5%   by (netem \(kernel\)|emulated \(gate\))$' \
	'^  client > server +delay 20ms loss 100%   by' '^  server > client +duplicate 1%   by' \
	'^  client > server +delay 20ms loss 100% duplicate 1%   by' \
	'^  client > server +delay 20ms duplicate 1% rate 10mbit   by' \
	'^  server > client +duplicate 1% rate 10mbit   by'

run_script <<'END'
netem client-server loss 100%
expect error ETIMEDOUT ping client server
netem client>server none
expect error ETIMEDOUT ping client server
netem all none
ping client server
show links
END
expect_status 0
expect_output '^  client > server +none$' '^  client +server +- +- '

run "$NETLAB" --json -c 'netem client>server delay 5ms'
expect_status 0
expect_output '"event":"netem","from":"client","to":"server","parameters":"delay 5ms","backend":"(netem|emul)'

# The change is for all of them or none: jitter wants a delay.
run_script -k <<'END'
topology chain
netem h1>r1 delay 5ms
netem all jitter 1ms
show links
END
expect_status 1
expect_output '>.*: .*jitter' '^  h1 +r1 +delay 5ms '
expect_no_output 'jitter 1ms'

refuses() # REGEX COMMAND
{
	run "$NETLAB" -c "host other; $2"
	expect_status 1
	expect_output "^-c:2: .*$1"
	expect_equal 1 "$(wc -l <<<"$output")" "$2: the lines"
}
refuses 'missing' 'netem'
refuses 'missing' 'netem client>server'
refuses 'not linked' 'netem client>other delay 5ms'
refuses 'no node "sevrer"; did you mean server' 'netem client-sevrer delay 5ms'
refuses 'is no direction' 'netem client delay 5ms'
refuses 'goes nowhere' 'netem client-client delay 5ms'
refuses '"dealy"' 'netem all dealy 5ms'
refuses '"5"' 'netem all delay 5'
refuses '"1"' 'netem all loss 1'
refuses '101%' 'netem all loss 101%'
refuses 'delay' 'netem all delay'
refuses 'delay' 'netem all reorder 5%'
run "$NETLAB" -c 'reset; netem all delay 5ms'
expect_output 'has no links'
