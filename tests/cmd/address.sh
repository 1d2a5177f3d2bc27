# SPDX-License-Identifier: GPL-3.0-or-later
#
# address: by hand, in the place of the automatic one, beside it, and off.
run_script <<'END'
address client 10.0.0.9/24
address client 192.0.2.1/24
address server 192.0.2.2/24
ping server client
ping server 192.0.2.1
expect error ETIMEDOUT ping server 10.0.0.1
echo begin
show addresses client
echo end
address client 192.0.2.1/24 off
address client off
expect error EADDRNOTAVAIL ping server client
# both sides of a router, each link by its other end
router r
link client r
link server r
address r client 198.51.100.1/24
address client r 198.51.100.2/24
ping client 198.51.100.1
ping client server
END
expect_status 0
rows=$(sed -n '/^begin$/,/^end$/p' <<<"$output")
expect_equal 2 "$(grep -c ' client ' <<<"$rows")" "the addresses"
expect_output '^  client +eth0 +server +10\.0\.0\.9/24$' '^  client +eth0 +server +192\.0\.2\.1/24$'

# The automatic ones come back when they are asked for, unless somebody else has
# them, and not by themselves.
run_script <<'END'
ipv6 on
address client 192.0.2.1/24
address client 10.9.9.9/24
address client fd09::1/64
address client off
expect error EADDRNOTAVAIL ping server client
address client auto
ping server 10.0.0.1
ping server fd00::1
address client 192.0.2.1/24
address client auto
address client auto
save -
echo begin
show addresses client
show routes client
echo end
address client off
address server 10.0.0.1/24
expect error EADDRINUSE address client auto
show addresses client
END
expect_status 0
expect_equal 2 "$(sed -n '/^begin$/,/^end$/p' <<<"$output" | grep -cE '^  client +eth0 +server +(10\.0\.0\.1/30|fd00::1/64)$')" \
	"the automatic addresses"
expect_equal 2 "$(sed -n '/^begin$/,/^end$/p' <<<"$output" | grep -c ' eth0 *server ')" "all addresses"
expect_no_output '^address client'
run "$NETLAB" -c 'address client auto off'
expect_status 1
expect_output 'auto stands alone'

# One line each, and nothing has changed.
refuses() # REGEX COMMAND
{
	run "$NETLAB" -c "router r; link client r; show addresses; $2"
	expect_status 1
	expect_output "^-c:4: .*$1"
	expect_equal 1 "$(grep -c '^-c' <<<"$output")" "$2: the lines"
}
refuses 'several links' 'address client 10.0.0.9/24'
refuses 'not linked' 'address r server 10.0.0.9/24'
refuses 'is no address' 'address server 10.0.0.300/24'
refuses 'prefix length' 'address server 10.0.0.9'
refuses 'prefix length "33" is out of range; it is 1 to 32' 'address server 10.0.0.9/33'
refuses 'prefix length "0" is out of range; it is 1 to 32' 'address server 10.0.0.9/0'
refuses 'prefix length "129" is out of range; it is 1 to 128' 'address server fd00::9/129'
refuses 'missing' 'address server'
refuses 'address of its network' 'address server 10.0.0.0/24'
refuses 'address of its network' 'address server 10.0.0.255/24'
refuses 'is no address for an interface' 'address server 127.0.0.1/8'
refuses 'is no address for an interface' 'address server 224.0.0.1/24'
refuses 'is an address of client' 'address server 10.0.0.1/24'
refuses 'overlaps' 'address server 10.0.1.9/24'
refuses 'has no address' 'address server 10.0.9.9/24 off'
refuses 'no node "sevrer"' 'address sevrer 10.0.0.9/24'
run "$NETLAB" -c 'switch s; link client s; address s client 10.0.0.9/24'
expect_output 'is a switch'
run "$NETLAB" -c 'host alone; address alone 10.0.0.9/24'
expect_output 'has no link'
