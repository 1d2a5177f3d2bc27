# SPDX-License-Identifier: GPL-3.0-or-later
#
# exercise: lists what there is, opens one: its task is shown, its set-up is not,
# its lab is there. A bad one is not opened.
need jq

run "$NETLAB" -c exercise
expect_status 0
expect_output '^ +exercise +words +what it is$' '^ +who-gets-time-wait +let the server'
run "$NETLAB" --json -c exercise
expect_output '^\{"event":"exercise","name":"half-close",'

# the beginning of a name is enough; other files by their paths
run "$NETLAB" -c 'exercise who; expect client ESTAB; expect server ESTAB'
expect_status 0
expect_order 'who-gets-time-wait: let the server' '^Client and server are connected\.'
expect_no_output 'connect\(\)'

cat >"$TMP/mine.lab" <<'END'
# mine: an exercise of one's own
topology pair
task First words
task and more.
task "- an item"
listen server 80
echo the set-up says nothing
points 1 "something" expect client ESTAB
END
run "$NETLAB" -c "exercise $TMP/mine.lab; connect client server:80; check"
expect_status 0
expect_output '^First words and more\.$' '^- an item$' '^  points +1 of 1$'
expect_no_output 'set-up says'

# a new one takes the place of the old one
run "$NETLAB" -k -c "exercise who; exercise $TMP/mine.lab; check"
expect_output '^  points +0 of 1$'
expect_no_output 'of 10'

# a bad one
sed 's/^listen.*/nonsense/' "$TMP/mine.lab" >"$TMP/bad.lab"
run "$NETLAB" -k -c "exercise $TMP/bad.lab; check; echo after"
expect_status 1
expect_order '/bad\.lab:6: .*nonsense' 'no exercise is open' '^after$'
run "$NETLAB" -c 'exercise no-such-thing'
expect_status 1
expect_output 'no exercise "no-such-thing"'

# at a prompt: nothing of it is a script
screen_start 100 40 "$NETLAB"
screen_wait '^netlab>'
screen_enter exercise name
screen_wait '^  exercise +check tells how far you are'
screen_enter check hints
screen_wait '^  hint +What is the client in when'
screen_wait '^  points +0 of 10$'
screen_enter predict FIN-WAIT-1 of client
screen_enter close client
screen_wait '^  right '
screen_enter check
screen_wait '^  points +3 of 10$'
exit 0
