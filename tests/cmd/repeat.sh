# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# repeat: so many times, ended by the first failure, nested.
run "$NETLAB" -c 'repeat 3 echo again'
expect_status 0
expect_equal $'again\nagain\nagain' "$output"
run "$NETLAB" -c 'repeat 2 repeat 2 echo x'
expect_equal 4 "$(wc -l <<<"$output")"
run "$NETLAB" -c 'repeat 3 echo h{i} {i+1}; repeat 2 repeat 2 echo {(i-1)*2+j}; repeat {2^2-3} echo "{x} {}"'
expect_equal $'h1 2\nh2 3\nh3 4\n1\n2\n3\n4\n{x} {}' "$output"
run "$NETLAB" -c 'repeat 0 echo never; repeat {1-1} echo never; repeat 2 echo {1/(i-1)}'
expect_status 1
expect_equal '-c:3: the formula {1/(i-1)} divides by zero; write such as {i}, {i+1}, {(i-1)/2}' "$output"
printf '%s\n' 'repeat ${1:-2} echo {i}' 'repeat {${1:-2}-1} echo {i}' >"$TMP/params.lab"
run "$NETLAB" -c "source $TMP/params.lab 3; source $TMP/params.lab"
expect_equal $'1\n2\n3\n1\n2\n1\n2\n1' "$output"
run "$NETLAB" -c 'listen server 80; repeat 3 listen server 80 as x; echo after'
expect_status 1
expect_equal 1 "$(grep -c 'EADDRINUSE: ' <<<"$output")" "the tries"
expect_no_output after
