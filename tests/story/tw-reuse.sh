# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits
#
# tcp_tw_reuse: where the kernel looks for a port, it takes that of a TIME-WAIT
# which is old enough and has timestamps, rather than none. It does so beyond the
# old one's numbers.
reuses() # COMMANDS RESULT
{
	run "$NETLAB" -c "listen server 80
option client port-range 50000-50000
$1
connect client server:80
close client
close server
expect client TIME-WAIT
sleep 2
$2"
	[ "$status" = 0 ] || fail "$1: not as expected"
}
refused='expect error EADDRNOTAVAIL connect client server:80
expect counter client TWRecycled = 0'
reused='connect client server:80
expect counter client TWRecycled = 1
expect client/2 ESTAB'
reuses 'option client tw-reuse off' "$refused"
reuses 'option client tw-reuse 2' "$refused" # on loopback alone
reuses 'option client tw-reuse on; option client timestamps off' "$refused"
reuses 'option client tw-reuse on' "$reused"
if "$NETLAB" -c 'sysctl client tcp_tw_reuse_delay' >/dev/null; then
	reuses 'option client tw-reuse on; option client tw-reuse-delay 60s' "$refused"
	reuses 'option client tw-reuse on; option client tw-reuse-delay 100' "$reused"
fi
