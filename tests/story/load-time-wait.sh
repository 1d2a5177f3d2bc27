# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits timeout 150
#
# In a crowd the end of a followed TIME-WAIT is told, one made by its timer and
# one that some program has brought about unseen.
run_script <<'END'
listen server 80
connect client server:80
connect client server:80
close client/1
close server/1
close client/2
close server/2
load client server:80 count 1000
exec client ss -K -t state time-wait sport = :40000
wait client/1 CLOSED within 30s
expect client/2 TIME-WAIT
wait client/2 CLOSED within 70s
load client server:80 count 10
END
expect_status 0
expect_order 'client/2 TIME-WAIT . CLOSED' '2 MSL are over' '^  client  10 connections'
expect_order 'client  TIME-WAIT . CLOSED' 'found so; what did it was not seen' 'client/2 TIME-WAIT . CLOSED'
