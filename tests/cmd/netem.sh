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

# 0 needs no unit and takes the word away: neither shown nor saved. What is
# written in other units of tc is shown and saved in the usual ones.
run_script <<END
netem client>server delay 50msecs jitter 5000usec distribution normal reorder 25% gap 3
netem client>server loss 1% rate 1mbps limit 20
netem client>server limit 0
netem client>server reorder 25% gap 0
netem client>server reorder 0 loss 0
netem client>server jitter 0
netem client>server delay 0
netem client>server rate 0
save $TMP/nothing.lab
netem client>server delay 1500nsecs rate 512kibps
save $TMP/units.lab
topology $TMP/units.lab
show links
END
expect_status 0
expect_order 'delay 50ms jitter 5ms distribution normal reorder 25% gap 3( +by|$)' \
	' loss 1% reorder 25% gap 3 rate 8mbit$' '^ +limit 20$' '^ +by (netem|emulated) ' \
	' gap 3 rate 8mbit$' ' reorder 25% rate 8mbit( |$)' \
	'^  client > server +delay 50ms jitter 5ms distribution normal rate 8mbit   by' \
	'^  client > server +delay 50ms rate 8mbit   by' '^  client > server +rate 8mbit   by' \
	'^  client > server +none$' '^  client > server +delay 1.5us rate 4194.304kbit   by' \
	'^  client +server +delay 1.5us rate 4194.304kbit '
! grep netem "$TMP/nothing.lab" || fail "netem is saved, where nothing is impaired"
grep -q '^netem client>server delay 1.5us rate 4194.304kbit$' "$TMP/units.lab" ||
	fail "not saved in the usual units"

# A delay that jitter needs goes with the jitter alone; a seed of 0 is one, too.
run_script <<'END'
backend gate
netem client>server delay 5ms jitter 1ms reorder 1%
expect error EINVAL netem client>server delay 0
netem client>server delay 0 jitter 0 reorder 0 seed 0
END
expect_status 0
expect_output '^  client > server +seed 0$'
run "$NETLAB" -c 'netem client>server delay 5ms jitter 1ms; netem client>server delay 0'
expect_status 1
expect_output '^-c:2: client>server: jitter needs a delay; name jitter 0 as well$'

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
refuses 'rate "10" has no unit; .*\(units: bit, kbit ... tbit, kibit ..., or bps ... for bytes\)' \
	'netem all rate 10'
refuses 'delay "5min": no unit "min"; units: s, ms, us or ns' 'netem all delay 5min'
refuses '101%' 'netem all loss 101%'
refuses 'delay' 'netem all delay'
refuses 'delay' 'netem all reorder 5%'
run "$NETLAB" -c 'reset; netem all delay 5ms'
expect_output 'has no links'
