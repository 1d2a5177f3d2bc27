# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# brief: of a command only the calls are told; checks, events and ladder have all.

run_script <<'END'
listen server 80
brief connect client server:80
expect segment client>server [.] ack 1 delivered
expect client ESTAB
brief close client
echo THE LOG
events
END
expect_status 0
expect_order 'client  connect\(\) = 0' 'server  accept\(\) from' 'client  close\(\) = 0' \
	'#1 client > server \[S\]' 'FIN-WAIT-1' '#4 client > server \[F.\]'
told=${output%%THE LOG*}
case $told in
*SYN-SENT* | *'#2'* | *'node    endpoint'*) fail "more than the calls is told" ;;
esac

# What comes after it is told as always; so is what fails, and a prediction.
run_script <<'END'
listen server 80
brief connect client server:80
predict FIN-WAIT-2 of client
brief close client
close server
END
expect_status 0
expect_order 'right.*FIN-WAIT-2|FIN-WAIT-2.*right' 'LAST-ACK → CLOSED' '^  server  CLOSED'

run_script <<'END'
brief expect server ESTAB
END
expect_status 1
expect_output 'script.lab:1: '

run_script <<'END'
brief
END
expect_status 1

# Programs get everything.
run_script --json <<'END'
listen server 80
brief connect client server:80
END
expect_output '"event":"segment","n":1,' '"event":"state"'
