# SPDX-License-Identifier: GPL-3.0-or-later
#
# isn: the number that the next SYN has, on the wire, and the one after it not.
need jq
syns() # the numbers of the SYNs that opened connections
{
	jq -r 'select(.event == "segment" and .flags == "S" and .retransmission == null).isn' <<<"$output"
}

run_script --json <<'END'
listen server 80
isn client 12345678
connect client server:80
connect client server:80
close client/1
close server/1
close client/2
close server/2
isn client +1000
isn client same
connect client server:80
isn client +1000
close client/3
close server/3
connect client server:80 from 5000
isn client 4294967295
connect client server:80
isn client 77
isn client kernel
connect client server:80
END
expect_status 0
mapfile -t isn <<<"$(syns)"
expect_equal 6 "${#isn[@]}" "the number of SYNs"
expect_equal 12345678 "${isn[0]}" "the first SYN's number"
[ "${isn[1]}" != 12345678 ] || fail "the number held for two connections"
expect_equal "${isn[1]}" "${isn[2]}" "the same number again"
# its SYN, its FIN, and 1000
expect_equal $(((isn[1] + 2 + 1000) % 4294967296)) "${isn[3]}" "the number beyond the last one's end"
expect_equal 4294967295 "${isn[4]}" "the highest number"
[ "${isn[5]}" != 77 ] || fail "the number was taken back"
expect_equal "12345678 ${isn[2]} ${isn[3]} 4294967295" \
	"$(jq -r 'select(.event == "isn" and .asked != null and .asked == .last).last' <<<"$output" | xargs)" \
	"what connect says of it"

# Where the kernel does not do as asked, that is said: a TIME-WAIT's place is
# taken beyond its end.
run_script <<'END'
option client tw-reuse on
listen server 80
connect client server:80 from 5000
close client
close server
expect client TIME-WAIT
wait client TIME-WAIT
sleep 2
isn client 9999
connect client server:80 from 5000
expect counter client TWRecycled = 1
END
expect_status 0
expect_output 'client +ISN [0-9]+, not 9999 as asked: the kernel goes beyond the TIME-WAIT'

# held, too; and a connect() that sends no SYN leaves the wish standing
run_script <<'END'
option client reuseaddr off
listen client 5000
listen server 80
hold
isn client 424242
expect error EADDRINUSE connect client server:80 from 5000
isn client
connect client server:80
END
expect_status 0
expect_order 'next connection: ISN 424242' 'next connection: ISN 424242' 'ISN 424242 as asked'

refuses() # REGEX COMMANDS
{
	run "$NETLAB" -c "topology pair; $2"
	expect_status 1
	expect_output "^-c:2: .*$1"
}
refuses 'out of range' 'isn client 4294967296'
refuses 'out of range' 'isn client 0'
refuses 'is no initial number' 'isn client -1'
refuses 'is no initial number' 'isn client sme'
refuses 'has opened no connection yet' 'isn client +5'
refuses 'has opened no connection yet' 'isn client same'
refuses 'NODE is missing' 'isn'
run "$NETLAB" -c 'switch s; isn s 1'
expect_output 'is a switch'
