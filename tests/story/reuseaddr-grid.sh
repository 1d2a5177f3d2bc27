# SPDX-License-Identifier: GPL-3.0-or-later
#
# A server that closed first is started again at once: of the four combinations
# of SO_REUSEADDR in its first and its second run only one can bind, for the
# TIME-WAIT remembers the option of its socket.
restarts() # FIRST SECOND RESULT
{
	run "$NETLAB" -c "option server reuseaddr $1
listen server 80
connect client server:80
close server
close client
expect server TIME-WAIT
kill server
option server reuseaddr $2
$3 listen server 80"
	[ "$status" = 0 ] || fail "first $1, second $2: not as expected"
}
restarts off off 'expect error EADDRINUSE'
restarts off on 'expect error EADDRINUSE'
restarts on off 'expect error EADDRINUSE'
restarts on on ''
expect_output 'server +setsockopt\(\) = 0: SO_REUSEADDR = on' 'server/?[a-z]* +listen\(\) = 0 on port 80'

# SO_REUSEPORT is no way around it; without a TIME-WAIT there is nothing in the
# way, whoever closed.
run_script <<'END'
listen server 80
connect client server:80
close server
close client
kill server
option server reuseport on
expect error EADDRINUSE listen server 80
destroy server/1
listen server 80
END
expect_status 0
run_script <<'END'
listen server 80
connect client server:80
close client
close server
kill server
listen server 80
END
expect_status 0

# With a port named, the client has SO_REUSEADDR unless that is set by hand. Then
# bind() succeeds, and connect() takes the TIME-WAIT's place if timestamps tell
# old segments from new ones, whatever tcp_tw_reuse says; else it fails.
run_script <<'END'
option client tw-reuse off
listen server 80
connect client server:80 from 5000
close client
close server
expect client TIME-WAIT
option client reuseaddr off
expect error EADDRINUSE connect client server:80 from 5000
option client reuseaddr default
connect client server:80 from 5000
expect client/2 ESTAB
expect counter client TWRecycled = 1
option client timestamps off
connect client server:80 from 5001
close client/3
close server/3
expect client/3 TIME-WAIT
expect error EADDRNOTAVAIL connect client server:80 from 5001
END
expect_status 0
expect_order 'setsockopt\(\) = 0: SO_REUSEADDR = off' 'bind\(\) = -1 EADDRINUSE' \
	"takes its place: timestamps tell old from new" 'connect\(\) = -1 EADDRNOTAVAIL'
