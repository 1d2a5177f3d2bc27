# SPDX-License-Identifier: GPL-3.0-or-later
#
# counters: what has changed since the last look, in each node alone, under
# the names of nstat.
need jq
run_script <<'END'
listen server 80
counters server
connect client server:80
counters
counters
close client
close server
counters client
counters server all
END
expect_status 0
expect_order 'nothing was counted in server' 'client +TcpActiveOpens +1 +connect\(\) sent a SYN' \
	'server +TcpPassiveOpens +1' 'nothing was counted since' \
	'client +TcpExtTW +1 +minisocks made' 'server +IpInReceives +[2-9]'
expect_equal 1 "$(grep -c TcpActiveOpens <<<"$output")" "how often the same is shown"
expect_no_output 'client +TcpPassiveOpens' 'client +IpInReceives' 'RtoMin' 'CurrEstab'

# The same numbers as the kernel's own tool sees.
run_script --json <<'END'
listen server 80
connect client server:80
send client 100
close client
close server
counters client all
exec client cat /proc/net/snmp /proc/net/netstat
END
expect_status 0
seen=$(jq -r 'select(.event == "counter") | "\(.name) \(.value)"' <<<"$output" | sort)
own=$(jq -r 'select(.event == "output").text' <<<"$output" | awk '
	{ prefix = $1; sub(":", "", prefix) }
	prefix == last { for (i = 2; i <= NF; i++) if ($i != 0) print prefix names[i], $i; last = ""; next }
	{ split("", names); for (i = 2; i <= NF; i++) names[i] = $i; last = prefix }' |
	grep -vE '^(IpForwarding|IpDefaultTTL|TcpRto|TcpMaxConn|TcpCurrEstab)' | sort)
expect_equal "$own" "$seen" "the counters"
expect_equal 1 "$(jq 'select(.name == "TcpActiveOpens").changed' <<<"$output")" "the change"

run "$NETLAB" -c 'counters nobody'
expect_status 1
run "$NETLAB" -c 'switch s; counters s'
expect_status 0
