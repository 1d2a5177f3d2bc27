# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 90
#
# predict: nothing is told before a command has acted, then what the kernel says,
# and why; from the script, from a file, at the prompt.
export XDG_STATE_HOME=$TMP/state
cat >"$TMP/predictions.lab" <<'END'
listen server 80
connect client server:80
hold
predict FIN-WAIT-1 of client
predict CLOSE-WAIT of server
echo not yet
ss
expect client ESTAB
close client
predict of server
step
predict FIN-WAIT-1 of client
expect server CLOSE-WAIT
step
END
run "$NETLAB" "$TMP/predictions.lab"
expect_status 0
expect_order '^not yet$' '^  client +FIN-WAIT-1' \
	'^  right   client is FIN-WAIT-1: active close: it sends FIN and waits for its ACK' \
	'^  wrong   server is ESTAB, not CLOSE-WAIT: nothing has changed that$' \
	'^  wrong   client is FIN-WAIT-2, not FIN-WAIT-1: its FIN is ACKed'
expect_equal 3 "$(grep -cE '^  (right|wrong|answer) ' <<<"$output")" "verdicts"
expect_no_output '^  answers'

for given in 'close_wait|right   server is CLOSE-WAIT: its peer' 'nonsense|wrong   server is CLOSE-WAIT, not nonsense: its peer' \
	'-|answer  server is CLOSE-WAIT: its peer'; do
	echo "${given%|*}" >"$TMP/answers"
	run "$NETLAB" --answers "$TMP/answers" "$TMP/predictions.lab"
	expect_status 0
	expect_output "^  ${given#*|}" '^  answers [12] of 4 right$'
done

# The lab may be another one by then, the socket gone; a wrong word is an error.
run "$NETLAB" -c 'listen server 80; connect client server:80; predict ESTAB of client; topology pair; echo done'
expect_status 0
expect_output '^done$'
expect_no_output '^  (right|wrong)' 'cannot tell'
run "$NETLAB" -c 'listen server 80; connect client server:80; predict ESTAB of client; remove client; echo done'
expect_status 0
expect_output '^done$'
for wrong in 'predict' 'predict ESTAB' 'predict of' 'predict NONSENSE of client' 'predict ESTAB of nobody'; do
	run "$NETLAB" -c "listen server 80; connect client server:80; $wrong"
	expect_status 1
	expect_output '^-c:3: '
done

# The last ACK is lost: it stays in TIME-WAIT, and that is right for a reason.
run "$NETLAB" -c 'listen server 80; connect client server:80; close client; hold; close server; step; drop
	predict TIME-WAIT of client; predict LAST-ACK of server; step within 10s'
expect_status 0
expect_output '^  right   client is TIME-WAIT: the peer.s FIN again' '^  right   server is LAST-ACK: nothing'

[ "$KERNEL" = host ] || exit 0
need jq
run "$NETLAB" --json "$TMP/predictions.lab"
expect_status 0
expect_equal '["predict","the state of client","FIN-WAIT-1",true,"FIN-WAIT-1"]' \
	"$(jq -c 'select(.event == "question") | [.kind, .text, .given, .right, .answer]' <<<"$output" | head -n 1)"

# At the prompt.
last_line_is() # REGEX
{
	screen_show | grep . | tail -n 1 | grep -Eqx -e "$1"
}
screen_start 90 60 "$NETLAB"
screen_wait '^netlab> *$'
screen_enter 'listen server 80; connect client server:80; hold; predict of client; predict of server; close client'
wait_for last_line_is 'next state of client> *'
screen_enter 'nonsense'
screen_wait '"nonsense" is no TCP state; there are'
wait_for last_line_is 'next state of client> *'
screen_enter 'fin wait 1'
screen_wait '"fin" is no TCP state'
screen_enter 'fin-wait-1'
wait_for last_line_is 'next state of server> *'
screen_key Enter
screen_wait '^  right   client is FIN-WAIT-1: active close'
screen_wait '^  answer  server is ESTAB: nothing has changed that$'
screen_enter 'predict of client; echo never'
wait_for last_line_is 'next state of client> *'
screen_key C-c
wait_for last_line_is '^netlab> *$'
screen_enter 'echo the end'
screen_wait '^the end$'
! screen_matches '^never$' || fail "what came behind the question was done"
screen_end
