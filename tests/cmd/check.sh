# SPDX-License-Identifier: GPL-3.0-or-later
#
# check: what is earned so far, in general words; hints where they are asked for;
# never the command that finds out, nor what that prints.
need jq

cat >"$TMP/exercise.lab" <<'END'
topology pair
task Close it.
listen server 80
connect client server:80
points 2 "the client has gone" wait client FIN-WAIT-2 within 100ms
points 3 "nobody listens there" expect error ECONNREFUSED connect client server:81
hint "It is true from the beginning."
points 4 "a FIN was sent" expect segment client>server [F.]
hint "Close the client."
points 1 "no RST was sent" expect no segment client>server [R.]
END
run "$NETLAB" -k -c "exercise $TMP/exercise.lab; check; close client; check hints"
expect_status 1
expect_order '^  missed +0 of 2 +the client has gone$' '^  ok +3 of 3 +nobody listens' \
	'^  missed +0 of 4 +a FIN was sent$' '^  ok +1 of 1 +no RST was sent$' '^  points +4 of 10$' \
	'4 of 10 points' 'close\(\) = 0' '^  points +10 of 10$'
# the looks themselves are not seen
expect_no_output 'expect ' 'wait client' '^  client/2 +connect\(\) = -1' 'Close the client'

run "$NETLAB" -k -c "exercise $TMP/exercise.lab; check hints"
expect_output '^  hint +Close the client\.$'
expect_no_output 'true from the beginning'

run "$NETLAB" --json -k -c "exercise $TMP/exercise.lab; check hints"
jq -es '[.[] | select(.event == "points")] | length == 4 and .[2].points == 0 and .[2].worth == 4 and
	.[2].text == "a FIN was sent" and .[2].hint == "Close the client."' >/dev/null <<<"$output" ||
	fail "the objects are not so"
jq -es '.[] | select(.event == "score") | .points == 4 and .worth == 10' >/dev/null <<<"$output" ||
	fail "the sum is not so"
expect_no_output '"event":"check"' 'ECONNREFUSED'

# what comes after it is printed again, and Ctrl-C ends it
run "$NETLAB" -k -c "exercise $TMP/exercise.lab; check; echo audible"
expect_output '^audible$'
sed 's/within 100ms/within 60s/' "$TMP/exercise.lab" >"$TMP/slow.lab"
screen_start 100 40 "$NETLAB"
screen_wait '^netlab>'
screen_enter "exercise $TMP/slow.lab"
screen_wait 'check tells how far'
screen_enter 'echo begun; check'
screen_wait '^begun$'
screen_key C-c
screen_wait '^interrupted$'
screen_enter echo audible
screen_wait '^audible$'
screen_end

run "$NETLAB" -c check
expect_status 1
expect_output 'no exercise is open; `exercise` lists them'
exit 0
