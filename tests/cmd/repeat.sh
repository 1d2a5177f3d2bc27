# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# repeat: so many times, ended by the first failure, nested.
run "$NETLAB" -c 'repeat 3 echo again'
expect_status 0
expect_equal $'again\nagain\nagain' "$output"
run "$NETLAB" -c 'repeat 2 repeat 2 echo x'
expect_equal 4 "$(wc -l <<<"$output")"
run "$NETLAB" -c 'listen server 80; repeat 3 listen server 80 as x; echo after'
expect_status 1
expect_equal 1 "$(grep -c 'EADDRINUSE: ' <<<"$output")" "the tries"
expect_no_output after
