# SPDX-License-Identifier: GPL-3.0-or-later
#
# test: host
# Where user namespaces are refused, one line names the setting and what to do.
need unshare setpriv

# A user namespace in which no further one may be made, and no rights in it.
run unshare -Ur bash -c '
	echo 0 >/proc/sys/user/max_user_namespaces || exit 77
	exec setpriv --bounding-set=-all --inh-caps=-all "$0" -c quit' "$NETLAB"
[ "$status" = 77 ] && skip "the limit cannot be set here"
expect_status 1
expect_equal 1 "$(wc -l <<<"$output")" "the lines"
expect_output '^netlab: .*user\.max_user_namespaces' 'sysctl|root'
