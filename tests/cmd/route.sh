# SPDX-License-Identifier: GPL-3.0-or-later
#
# route: by hand, before the automatic one to the same prefix, and off.
run_script <<'END'
topology two-paths
ping client server
route client server via slow
exec client ip route get 10.0.1.2
echo the slow way
show routes client
route client server off
echo the fast way
exec client ip route get 10.0.1.2
# a node that has no such way by itself
host alone
link alone client
route alone default via client
show routes alone
route alone default off
route alone 0.0.0.0/0 via client
route alone default off
route alone 198.51.100.0/24 via 10.0.4.2
route alone 198.51.100.0/24 off
END
expect_status 0
expect_order '10\.0\.1\.2 via 10\.0\.2\.2 ' '^the slow way' \
	'^  client +10\.0\.1\.2/32 +10\.0\.2\.2 +slow +eth1 +by hand' \
	'^  client +10\.0\.3\.2/32 +10\.0\.2\.2 +slow +eth1 +by hand' '^the fast way' \
	'10\.0\.1\.2 via 10\.0\.0\.2 ' '^  alone +default +10\.0\.4\.2 +client +eth0 +by hand'

run_script <<'END'
ipv6 on
host far
router r
link server r
link r far
route client fd00:ffff::/32 via server
route client ::/0 via server
show routes client
route client ::/0 off
route client fd00:ffff::/32 off
END
expect_status 0
expect_output '^  client +fd00:ffff::/32 +fd00::2 +server +eth0 +by hand' \
	'^  client +default +fd00::2 +server +eth0 +by hand'

# A node is each of its addresses, of both families.
run_script <<'END'
topology two-paths
ipv6 on
route client server via slow
show routes client
route client server off
show routes client
END
expect_status 0
expect_equal 4 "$(grep -c 'slow .*by hand$' <<<"$output")" "routes by hand: $output"

run "$NETLAB" -c 'topology two-paths; ipv6 on; address slow client fd00:0:0:2::2/64 off; route client server via slow
	show routes client'
expect_status 0
expect_equal 2 "$(grep -c 'slow .*by hand$' <<<"$output")" "routes where one family has a way: $output"

# What a kernel would drop with the link, the address or the family is gone for
# good, and that is told; so what is saved is what there is.
run_script <<END
route client 198.51.100.0/24 via server
route client default via server
unlink client server
link client server
show routes client
echo linked again
ipv6 on
address client fd99::1/64
route client fd98::/64 via fd99::2
route client 198.51.100.0/24 via server
address client 10.5.0.1/24
save $TMP/before.lab
ipv6 off
ipv6 on
save $TMP/after.lab
topology $TMP/after.lab
save $TMP/again.lab
show addresses client
END
expect_status 0
expect_order "client's route to 198.51.100.0/24 via 10.0.0.2 is gone: via is on none of its networks" \
	"client's default route via 10.0.0.2 is gone: via" '^  node +to' \
	'^  client  10.0.0.0/30  -    -     eth0$' '^linked again$' \
	"client's route to 198.51.100.0/24 via 10.0.0.2 is gone: via" \
	"client's route to fd98::/64 via fd99::2 is gone: IPv6 is off" '^  client .* fd00::1/64$'
expect_no_output ' fd99::1/64'
grep -qx 'route client fd98::/64 via fd99::2' "$TMP/before.lab" || fail "a route by hand is not saved"
grep -q fd99 "$TMP/after.lab" && fail "an address is saved that was gone"
cmp "$TMP/after.lab" "$TMP/again.lab" || fail "the saved lab is another one"
run "$NETLAB" -c 'host r; link client r; address client server 10.7.0.1/24; route client 10.8.0.0/24 via 10.7.0.2
	address client r 10.8.0.1/24; address r client 10.7.0.9/32'
expect_output "client's route to 10.8.0.0/24 via 10.7.0.2 is gone: it is on that network"
run "$NETLAB" -c 'address client 10.0.0.1/30 off; address client 10.0.0.1/30; route client 10.9.9.9/32 via server
	address client 10.9.9.9/24'
expect_output "client's route to 10.9.9.9/32 via 10.0.0.2 is gone: it is its own address$"

refuses() # REGEX COMMAND
{
	run "$NETLAB" -c "topology chain; $2"
	expect_status 1
	expect_output "^-c:2: .*$1"
	expect_equal 1 "$(wc -l <<<"$output")" "$2: the lines"
}
refuses 'none of h1' 'route h1 192.0.2.0/24 via h2'
refuses 'none of h1' 'route h1 default via 192.0.2.1'
refuses 'none of h1' 'route h1 h2 via r2'
refuses 'no route by hand' 'route h1 h2 off'
refuses 'no node or address "r9"' 'route h1 default via r9'
refuses 'itself' 'route h1 default via h1'
refuses 'bits beyond its length; write 192.0.2.0/24' 'route h1 192.0.2.1/24 via r1'
refuses 'is no address' 'route h1 defualt via r1'
refuses 'prefix length "33" is out of range; it is 0 to 32' 'route h1 192.0.2.0/33 via r1'
refuses 'either via or off' 'route h1 default'
refuses 'either via or off' 'route h1 default via r1 off'
refuses 'PREFIX is missing' 'route h1'
refuses 'no route by hand' 'route h1 192.0.2.0/24 off'
refuses 'no route by hand' 'route h1 default off'
refuses 'families' 'route h1 fd00::/64 via 10.0.0.2'
refuses 'no IPv6 address' 'route h1 fd00::/64 via r1'
run "$NETLAB" -c 'switch s; link client s; route s default via client'
expect_output 'is a switch'
refuses 'IPv6 is off in this lab; first: ipv6 on' 'route h1 fd00:5::/64 via fd00::2'
refuses 'IPv6 is off in this lab; first: ipv6 on' 'address h1 fd00:5::1/64'
refuses '10.0.0.1 is h1 itself' 'route h1 h1 via r1'
