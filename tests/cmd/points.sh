# SPDX-License-Identifier: GPL-3.0-or-later
#
# points: remembered when it is read, looked at when it is checked; and what
# `expect` can find out of what has been.
cat >"$TMP/exercise.lab" <<'END'
topology pair
listen server 80
connect client server:80
close client
points 1 "before the work" expect was client FIN-WAIT-2
points 1 "in the work" expect was server LAST-ACK
points 1 "called" expect called server close ok
points 1 "failed" expect called client connect ECONNREFUSED
points 1 "never" expect never called all destroy
points 1 "never by one" expect never called client listen
END
answers() # POINTS COMMAND...
{
	printf '%s\n' "exercise $TMP/exercise.lab" "${@:2}" check >"$TMP/session.lab"
	run "$NETLAB" -k "$TMP/session.lab"
	expect_output "^  points +$1 of 6$"
}
answers 2
answers 4 'close server'
answers 5 'close server' 'expect error ECONNREFUSED connect client server:81'
answers 2 'close server' 'destroy client' 'listen client 80'
answers 3 'abort server/1'

# nothing is run when it is read, and what cannot be a command is told
run "$NETLAB" -c 'points 1 "x" nonsense'
expect_status 1
expect_output '"nonsense" is no command'
run "$NETLAB" -c 'points 0 "x" expect client ESTAB'
expect_status 1
run "$NETLAB" -c 'points 1 "x" quit; echo still here'
expect_status 0
expect_output '^still here$'

for words in 'was client' 'was client NOWHERE' 'called client connect' 'never client connect' 'answer 0 x' \
	'answer 1' 'foretold client'; do
	run "$NETLAB" -c "expect $words"
	expect_status 1
	expect_output 'usage: expect '
done

# without an exercise they look at the whole log
run "$NETLAB" -c 'listen server 80; connect client server:80; close client; close server
	expect was client TIME-WAIT; expect was server CLOSE-WAIT; expect called client connect ok
	expect never called all shutdown'
expect_status 0
run "$NETLAB" -c 'listen server 80; connect client server:80; expect was client TIME-WAIT'
expect_status 1
expect_output 'client has not been TIME-WAIT'

# a segment that was sent again, and one of several fates
run "$NETLAB" -c 'listen server 80; connect client server:80; lose fin; close client
	wait server CLOSE-WAIT within 30s; expect segment [F.] retransmission delivered
	expect segment [F.] lost dropped; expect no segment [F.] retransmission lost dropped'
expect_status 0
exit 0
