# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# sleep: as long as it says, in every unit.
begin=${EPOCHREALTIME/[.,]/}
run "$NETLAB" -c 'sleep 300ms; sleep 0.1; sleep 100000us; sleep 0.1s'
expect_status 0
took=$((${EPOCHREALTIME/[.,]/} - begin))
[ $took -ge 600000 ] || fail "600 ms at least expected, not $took us"
run "$NETLAB" -c 'sleep soon'
expect_status 1
