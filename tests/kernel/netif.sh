# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the engine asks of rtnetlink and nftables, this kernel does: bridges,
# routes, impairments, masquerading; for root and for an ordinary user alike.
need tc

run "$TOP/build/tests/helpers/netif"
[ "$status" = 77 ] && skip "$output"
echo "$output"
expect_status 0
