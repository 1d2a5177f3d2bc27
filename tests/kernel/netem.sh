# SPDX-License-Identifier: GPL-3.0-or-later
# test: debian
#
# The second kernel is worth its time: it delays by netem, for root and for an
# ordinary user alike, and by what was asked.
need unshare nsenter ip tc ping

run unshare -Urn bash -ec '
	unshare -n sleep 60 >/dev/null 2>&1 & peer=$!
	trap "kill $peer" EXIT
	until [ "$(readlink /proc/$peer/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do sleep 0.1; done
	ip link add dev here type veth peer name there netns $peer
	ip address add 192.0.2.1/24 dev here
	ip link set dev here up
	nsenter -t $peer -n ip address add 192.0.2.2/24 dev there
	nsenter -t $peer -n ip link set dev there up
	tc qdisc add dev here root netem delay 50ms
	ping -c 1 -q 192.0.2.2 >/dev/null
	ping -c 10 -i 0.2 -q 192.0.2.2'
expect_status 0
expect_output "10 received" "min/avg/max/mdev = 5[0-9]\."
