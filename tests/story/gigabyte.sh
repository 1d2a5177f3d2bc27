# SPDX-License-Identifier: GPL-3.0-or-later
# test: root host timeout 180 alone
#
# A gigabyte over a switch, without impairments: it arrives whole, and not one
# segment is sent again but by TCP's own loss probes (RFC 8985), which a busy
# machine may bring on by keeping the receiver waiting. Between two processors
# segments would overtake each other, and TCP would take that for a loss.
copy=$TOP/build/tests/helpers/copy
cat >"$TMP/script.lab" <<END
exec h2 sh -c 'exec $copy sink 7000 >$TMP/sink 2>&1 &'
exec h2 sh -c 'until grep -q ready $TMP/sink; do sleep 0.02; done'
exec h1 $copy source 10.0.0.2 7000 1000000000
exec h1 cat /proc/net/snmp /proc/net/netstat
END
run "$NETLAB" -t "star 2" "$TMP/script.lab"
expect_status 0
sum=$(grep -oE '^[0-9a-f]{16} 1000000000' <<<"$output") || fail "the source did not say what it sent"
wait_for grep -q "^$sum" "$TMP/sink"
counter() # GROUP NAME
{
	awk -v name="$2" '$1 == "'"$1"':" { if (!n++) { split($0, names) } else { split($0, values)
		for (i in names) if (names[i] == name) print values[i] } }' <<<"$output"
}
again=$(counter Tcp RetransSegs) probes=$(counter TcpExt TCPLossProbes)
[ "$again" -le "$probes" ] || fail "$again segments were sent again, $probes loss probes"
for name in TCPTimeouts TCPSackRecovery TCPRenoRecovery TCPLostRetransmit TCPSpuriousRTOs; do
	[ "$(counter TcpExt $name)" = 0 ] || fail "$name is $(counter TcpExt $name)"
done
