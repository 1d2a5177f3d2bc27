# SPDX-License-Identifier: GPL-3.0-or-later
#
# exec: a program in a node, its output, its status, its end.
run_script --json <<'END'
exec client ip -brief address
exec client sh -c "echo out; echo err >&2"
END
expect_status 0
expect_output '10\.0\.0\.1/30' '"node":"client","text":"out"' '"text":"err"'
expect_no_output '10\.0\.0\.2'

# the node first
run "$NETLAB" -c "client exec echo one; client exec echo two"
expect_status 0
expect_order '^one$' '^two$'
expect_no_output 'no command'

run "$NETLAB" -c "exec server cat"
expect_status 0
run "$NETLAB" -c "exec client sh -c 'exit 3'"
expect_status 1
expect_output 'sh ended with status 3'
run "$NETLAB" -c "exec client sh -c 'kill -9 \$\$'"
expect_status 1
expect_output 'sh was ended by SIGKILL'
run "$NETLAB" -c "exec client no-such-program"
expect_status 1
expect_output 'no-such-program'

# A program's own connections are seen as well, and it knows nodes by their names.
need bash
if [ -e /etc/hosts ]; then
	run "$NETLAB" -c "exec client bash -c 'exec 3<>/dev/tcp/server/9'"
	expect_output 'Connection refused'
fi
run "$NETLAB" --json -c "listen server 80; exec client bash -c 'exec 3<>/dev/tcp/10.0.0.2/80; exec 3>&-'"
expect_status 0
expect_output '"from":"client".*"flags":"S"' '"endpoint":"server/1".*"to":"CLOSE-WAIT"'
