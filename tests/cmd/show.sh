# SPDX-License-Identifier: GPL-3.0-or-later
#
# show: the lab as it is built, in four forms, as text and as objects.
run_script <<'END'
topology chain 1
netem h1>r1 delay 5ms
ping h1 h2
link r1 h2 down
ipv6 on
show topology
echo links
show links
echo addresses
show addresses
echo routes
show routes h1
show
END
expect_status 0
expect_order 'delay 5ms →$' '^h1 10\.0\.0\.1, fd00::1 ─+ r1 ' '^links$' \
	'^  from +to +impairments +by +entered +left +lost' \
	'^  h1 +r1 +delay 5ms +(netem|emul).* +[0-9]+ +[0-9]+ +0' '^  r1 +h1 +- +- +[0-9]+ +[0-9]+ +0' \
	'^  r1 +h2 +down +- +[0-9]+ +[0-9]+ +0' '^addresses$' '^  node +interface +linked to +address$' \
	'^  h1 +eth0 +r1 +10\.0\.0\.1/30$' '^  r1 +eth0 +h1 +10\.0\.0\.2/30$' \
	'^  r1 +eth1 +h2 +10\.0\.1\.1/30$' '^routes$' '^  node +to +via +next +interface' \
	'^  h1 +10\.0\.0\.0/30 +- +- +eth0$' 'IPv6 is on; backend auto$'
expect_output '^  h1 +eth0 +r1 +fd00::1/64$'
run "$NETLAB" -c 'topology chain 1; show links h2'
expect_equal 3 "$(wc -l <<<"$output")" "lines on one node's links"

# Nothing is cut or left out: what has no room goes below the line.
long='delay 50ms jitter 5ms distribution normal loss 0.5% duplicate 1% corrupt 0.1% rate 10mbit seed 7'
run "$NETLAB" -c "backend gate; netem client>server $long; show links"
expect_status 0
expect_order '^  from +to +entered +left +lost +doubled +reordered +corrupted +queued$' \
	'^  client +server( +0){7}$' "^      ${long% 7}" '^      7   by (netem \(kernel\)|emulated \(gate\))$' \
	'^  server +client( +0){7}$'
run "$NETLAB" -c 'netem client>server delay 5ms; show links'
expect_order '^  from +to +impairments +by +entered +left +lost$' \
	'^  client +server +delay 5ms +(netem|emul).*\)( +0){3}$' \
	'^  0 everywhere: doubled, reordered, corrupted, queued$'
run "$NETLAB" -c 'topology chain 1; show routes h2'
expect_no_output ' h1 '

run "$NETLAB" --json -c 'netem client>server loss 1%; show links; show addresses; show routes; show'
expect_status 0
expect_output \
	'"event":"node","name":"client","kind":"host"' \
	'"event":"link","from":"client","from_interface":"eth0","to":"server","to_interface":"eth0","up":true,"impairments":"loss 1%","backend":"[en].*","entered":0' \
	'"event":"address","node":"client","interface":"eth0","peer":"server","address":"10.0.0.1","prefix_length":30' \
	'"event":"route","node":"client","to":"10.0.0.0/30","family":"ipv4","via":null,' \
	'"event":"lab","ipv6":false,"backend":"auto"'
run "$NETLAB" -c 'reset; show links; show addresses; show routes; show'
expect_status 0
expect_output 'the lab is empty' '^  no links$' '^  no addresses$' '^  no routes$'
run "$NETLAB" -c 'show nonsense'
expect_status 1
expect_output 'no node "nonsense"'

# one node, also one that is called as a word begins
run "$NETLAB" -c 'topology chain 1; show h2'
expect_status 0
expect_order '^  h2 +r1 +-' '^  h2 +eth0 +r1 +10\.0\.1\.2/30$' '^  h2 +default +10\.0\.1\.1'
expect_no_output '^  h1 '
run "$NETLAB" -c 'reset; host a b; link a b; show a'
expect_status 0
expect_order '^  a +b +-' '^  a +eth0 +b +10\.0\.0\.1/30$' '^  a +10\.0\.0\.0/30'
run "$NETLAB" -c 'reset; host a b; link a b; show addr'
expect_status 0
expect_order '^  a +eth0 +b +10' '^  b +eth0 +a +10'
run "$NETLAB" -c 'show links sevrer'
expect_status 1
expect_output 'no node "sevrer"; did you mean server'
