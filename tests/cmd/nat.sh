# SPDX-License-Identifier: GPL-3.0-or-later
#
# nat: the server sees the gateway's address, whoever connects from inside.
run_script <<'END'
topology nat
listen server 80
connect client1 server:80 from 40000
connect client2 server:80 from 40000
expect client1 ESTAB
expect client2 ESTAB
echo begin
ss server
nat gateway off
nat gateway
nat gateway inside server
nat gateway inside s1
ping client1 server
END
expect_status 0
rows=$(sed '1,/^begin$/d' <<<"$output" | grep ESTAB)
expect_equal 2 "$(grep -Ec ' 10\.0\.1\.2:80 +10\.0\.1\.1:[0-9]+ ' <<<"$rows")" \
	"connections from the gateway: $rows"

# Who masquerades is shown, and told when it ends by itself.
run_script <<'END'
topology nat
nat
nat gateway inside server
show
nat gateway off
nat
nat gateway inside server
unlink gateway server
nat
link gateway server
nat
END
expect_status 0
expect_order '^  gateway masquerades what comes from s1$' '^client1 .*─' \
	'^  gateway masquerades what comes from server$' '^  IPv6 is off' '^  no router masquerades; nat ROUTER' \
	'^  lab     gateway does not masquerade any more: its link inside is gone$' \
	'^  no router masquerades' '^  no router masquerades'
run "$NETLAB" --json -c 'topology nat; show'
expect_output '"event":"nat","router":"gateway","inside":"s1"'

refuses() # REGEX COMMAND
{
	run "$NETLAB" -c "topology nat; router spare; $2"
	expect_status 1
	expect_output "^-c:3: .*$1"
	expect_equal 1 "$(wc -l <<<"$output")" "$2: the lines"
}
refuses 'server is a host; a router is needed' 'nat server'
refuses 's1 is a switch; a router is needed' 'nat s1'
refuses 'no link' 'nat spare'
refuses 'does not masquerade' 'nat spare off'
refuses 'not linked' 'nat gateway inside client1'
refuses 'off stands alone' 'nat gateway inside s1 off'
refuses 'no node "gatway"' 'nat gatway'
refuses 'a router is missing: nat ROUTER off' 'nat off'
refuses 'comes first' 'nat inside s1'
