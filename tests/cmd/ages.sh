# SPDX-License-Identifier: GPL-3.0-or-later
#
# ages: the time that each segment was on the wire, held against MSL; and what
# `expect age` says of it.
run_script <<'END'
ages
netem all delay 60ms
listen server 80
connect client server:80
ages
expect age 1 >= 55ms
expect age oldest >= 55ms < 30s
netem all none
hold
close client
sleep 300ms
ages count 1
expect age 4 >= 250ms
step
drop
ages
ladder ages
END
expect_status 0
expect_order '^  no segment has been on the wire yet$' 'of MSL 30 s +what became of it' \
	'^  #1 client > server \[S\] seq 0 .* m?s +(0\.[2-9]|[1-9][0-9]*\.[0-9]) % +delivered' 'the oldest: #[1-3], ' \
	'MSL is 30 s for Linux \(TIME-WAIT: 2 MSL = 60 s\), 2 min in RFC 9293 3.4.2' \
	'^  #4 .* held still' 'the oldest: #4, .* on the wire so far' \
	'^  #5 server > client \[\.\] ack 2 .* dropped' \
	'^time ' '#1 \[S\] seq 0 \([0-9.]+ m?s\)' 'held [0-9.]+ m?s' 'the oldest: #'
expect_equal 1 "$(grep -c 'held still' <<<"$output")" "rows of segments that are held still"

run_script -k <<'END'
listen server 80
connect client server:80
expect age 1 >= 30s
expect age 9 > 0
expect age oldest = 0 < 1
expect age
expect age x > 1s
expect age 1 about 1s
expect age 1 >
END
expect_order ':3: expected the age of segment 1 to be >= 30s, but it is [0-9]+ (us|ms)' \
	':4: no such segment has left the wire, or waits on it: 9' \
	':5: expected the age of segment oldest to be = 0 < 1, but' ':6: usage: expect age' \
	':7: "x" is no segment' ':8: "about" compares nothing' ':9: usage: expect age'

[ "$KERNEL" = host ] || exit 0
need jq
run "$NETLAB" --json -c 'listen server 80; connect client server:80; hold; close client; step; drop; ages'
expect_status 0
# one that was taken off the wire was as old as it was then
expect_equal true "$(jq -s '(map(select(.event == "age" and .n == 5)) | .[0]) as $age
	| map(select(.event == "segment" and .n == 5 and .fate == "dropped")) | .[0]
	| ((.time - .entered - $age.age) | fabs) < 1e-6' <<<"$output")"
run "$NETLAB" --json -c 'listen server 80; connect client server:80; hold; close client; ages'
expect_status 0
expect_equal '[1,"client","delivered"] [2,"server","delivered"] [3,"client","delivered"] [4,"client","held"]' \
	"$(jq -c 'select(.event == "age") | [.n, .from, .fate]' <<<"$output" | xargs -d '\n')"
