# SPDX-License-Identifier: GPL-3.0-or-later
# test: once, timeout 400
#
# Ten thousand hosts are made, with a descriptor each; one more is refused, in one
# line, and the lab can be worked with and taken down.
[ "$(ulimit -n)" -ge 11000 ] || ulimit -n 11000 2>/dev/null ||
	skip "the limit of descriptors cannot be raised: ulimit -n 11000"
# A namespace is 200 kB of the kernel's.
awk '/^MemAvailable/ { exit $2 < 3500000 }' /proc/meminfo || skip "3.5 GB of memory are not free"
[ "$(cat /proc/sys/user/max_net_namespaces)" -ge 11000 ] || skip "user.max_net_namespaces is too low"
run_script -k <<'END'
reset
repeat 10000 host h{i}
echo made
host toomany
link h1 h10000
ping h1 h10000
remove h77
host onemore
ping h1 onemore
link h1 onemore
ping h1 onemore
END
expect_status 1
expect_order '^made$' 'h1 > h10000  echo reply' 'h1 > onemore  echo reply'
expect_output 'script.lab:4: no more than 10000 nodes in a lab' 'script.lab:9: onemore has no address'
expect_equal 2 "$(grep -c 'script.lab:' <<<"$output")" "lines of errors"
expect_no_output 'toomany'
