# SPDX-License-Identifier: GPL-3.0-or-later
#
# option: on sockets to come, on open ones, on one alone; sysctls of a node; and
# what is shown is what the kernel says.
need jq
run_script <<'END'
option server reuseaddr on
listen server 80
# what a listener accepts inherits
option server/listen keepalive 10 5 3
connect client server:80
option server/1 keepalive-idle
option client nodelay on
option client nodelay
connect client server:80
option client/2 nodelay
option client/1 linger 7
option client/2 linger
option client/1 linger
exec server ss -tlnoH
END
expect_status 0
expect_order 'server +SO_REUSEADDR = on for sockets to come' \
	'server +setsockopt\(\) = 0: SO_REUSEADDR = on$' 'server +listen\(\) = 0' \
	'setsockopt\(\) = 0: SO_KEEPALIVE = on, TCP_KEEPIDLE = 10 s, TCP_KEEPINTVL = 5 s, TCP_KEEPCNT = 3' \
	'keepalive-idle +- +10 s +TCP_KEEPIDLE' \
	'client +setsockopt\(\) = 0: TCP_NODELAY = on' 'client +TCP_NODELAY = on for sockets to come' \
	'nodelay +on +on +TCP_NODELAY' 'setsockopt\(\) = 0: TCP_NODELAY = on' 'nodelay +on +on +TCP_NODELAY' \
	'setsockopt\(\) = 0: SO_LINGER = 7 s' 'linger +- +off +SO_LINGER' 'linger +- +7 s +SO_LINGER'
expect_no_output 'SO_LINGER = 7 s for sockets'

# One alone is told of in full; the way back is that of all that was set.
run_script <<'END'
option client linger
option client keepalive 1 2 3
option client keepalive default
option client keepalive-idle
option client keepalive-count
END
expect_status 0
expect_order 'close\(\): 0 sends RST, else it waits so long for its FIN to be ACKed$' \
	'keepalive-idle +- +- ' 'keepalive-count +- +- '

# An endpoint's own go before its node's. What an open one answers for its mss
# is the one in use: 12 bytes go to timestamps.
run_script --json <<'END'
listen server 80
option client mss 500
connect client server:80 as one
option one user-timeout 1500
option one mss 600
connect client server:80 as one
connect client server:80 as two
option client mss default
connect client server:80 as three
END
expect_status 0
expect_equal 'one TCP_MAXSEG = 500 bytes
one TCP_USER_TIMEOUT = 1500 ms
one TCP_MAXSEG = 488 bytes
one TCP_USER_TIMEOUT = 1500 ms, TCP_MAXSEG = 600 bytes
two TCP_MAXSEG = 500 bytes' \
	"$(jq -r 'select(.call == "setsockopt") | "\(.endpoint) \(.option)"' <<<"$output")" "what was set"

# Sysctls by the shell's names and the kernel's, in one node alone; and back.
run_script <<'END'
option client fin-timeout 7
option client net.ipv4.tcp_rfc1337 on
option client TCP_TIMESTAMPS off
option client port-range 50000-50003
expect sysctl client fin-timeout 7
expect sysctl client tcp_fin_timeout 7s
expect sysctl client tcp_rfc1337 1
expect sysctl client rfc1337 on
expect sysctl client timestamps off
expect sysctl client ip_local_port_range 50000 50003
expect sysctl client port-range 50000-50003
expect sysctl server tcp_fin_timeout 60
expect sysctl server timestamps on
option client fin-timeout 1min
expect sysctl client tcp_fin_timeout 60
option client fin-timeout 9
option client fin-timeout default
expect sysctl client tcp_fin_timeout 60
save -
END
expect_status 0
expect_output 'client +net\.ipv4\.tcp_fin_timeout = 7 s' 'client +net\.ipv4\.ip_local_port_range = 50000-50003' \
	'^sysctl client tcp_timestamps=0' '^sysctl client "?.?ip_local_port_range=50000'
expect_no_output '^sysctl client tcp_fin_timeout'

# What waits in a node is saved with it, and read back as it was.
run "$NETLAB" -c 'topology pair; option client linger off; option client keepalive 10 5 3
option server linger 0; option server linger2 -1; option server user-timeout 2s
option server nodelay on; option client rfc1337 on; save -'
saved=$(grep -E '^(option|sysctl)' <<<"$output")
expect_equal 'sysctl client tcp_rfc1337=1
option client linger off
option client keepalive on
option client keepalive-idle 10
option client keepalive-interval 5
option client keepalive-count 3
option server linger 0
option server linger2 -1
option server nodelay on
option server user-timeout 2000' "$saved" "what is saved"
grep -vE '^  ' <<<"$output" >"$TMP/saved.lab"
run "$NETLAB" -c "topology $TMP/saved.lab; save -"
expect_equal "$saved" "$(grep -E '^(option|sysctl)' <<<"$output")" "what is saved again"

# One that the user has set stays as it is while the lab is patient.
run_script <<'END'
option client fin-timeout 9
hold
expect sysctl client fin-timeout 9
expect sysctl client tcp_retries2 100
option client retries2 8
option client syn-retries 3
option client syn-retries default
expect sysctl client syn-retries 6
release
expect sysctl client retries2 8
expect sysctl client fin-timeout 9
expect sysctl server fin-timeout 60
END
expect_status 0

# All of them, on one that has no socket, on one that has, and as objects.
run_script <<'END'
option client
listen server 80
option server
END
expect_status 0
expect_order 'option +set +now +what it is' 'reuseaddr +- +- +SO_REUSEADDR' \
	'fin-timeout +- +60 s +tcp_fin_timeout' 'reuseaddr +- +off +SO_REUSEADDR' 'linger +- +off'
run "$NETLAB" --json -c 'option client rfc1337 on; option client'
expect_equal '"rfc1337" "on" "on"' \
	"$(jq -r 'select(.real == "net.ipv4.tcp_rfc1337" and .set) | "\"\(.name)\" \"\(.set)\" \"\(.now)\""' <<<"$output")" \
	"the object"
[ "$(jq 'select(.event == "option").name' <<<"$output" | wc -l)" -gt 30 ] || fail "not all are listed"

# What this kernel lacks is named, with the Linux that brought it.
lacks() # KEY NAME VALUE LINUX
{
	run "$NETLAB" -c "option client $2 $3"
	if "$NETLAB" -c "sysctl client $1" >/dev/null 2>&1; then
		expect_status 0
		expect_output "client +net\.ipv4\.$1 = $3"
		return
	fi
	expect_status 1
	expect_output "this kernel has no net\.ipv4\.$1, so $2 cannot be set: it came with Linux $4"
	run "$NETLAB" -c 'option client'
	expect_output "$2 +- +since Linux $4"
}
lacks tcp_rto_min_us rto-min 5000 6\\.11
lacks tcp_rto_max_ms rto-max 1000 6\\.15
lacks tcp_tw_reuse_delay tw-reuse-delay 100 6\\.14
lacks tcp_syn_linear_timeouts syn-linear-timeouts 1 6\\.5

# What is refused has nothing to do with the kernel.
[ "$KERNEL" = host ] || exit 0
refuses() # REGEX COMMANDS
{
	run "$NETLAB" -c "topology pair; listen server 80; $2"
	expect_status 1
	expect_output "^-c:3: .*$1"
	expect_equal 1 "$(grep -c '^-c:' <<<"$output")" "$2: complaints"
}
refuses 'did you mean linger\?' 'option client lingr 1'
refuses 'did you mean client\?' 'option cleint linger 1'
refuses 'no option "frobnicate"; option NODE lists them' 'option client frobnicate 1'
refuses 'NODE\|EP is missing' 'option'
refuses 'linger \(SO_LINGER\) does not take "x"; it takes off\|SECONDS' 'option client linger x'
refuses 'does not take "32768"' 'option client linger 32768'
refuses 'does not take "1.5s"' 'option client user-timeout 1.5s'
refuses 'does not take "1us"' 'option client user-timeout 1us'
refuses 'takes on\|off$' 'option client nodelay maybe'
refuses 'takes on\|off\|2' 'option client tw-reuse 3'
refuses 'does not take "off"' 'option client fin-timeout off'
refuses 'does not take "extra"' 'option client nodelay on extra'
refuses 'is no range of ports' 'option client port-range 9-5'
refuses 'does not take "50000"' 'option client port-range 50000'
refuses 'does not take "4"' 'option client keepalive 1 2 3 4'
refuses 'no way back to the default' 'option server/listen linger default'
refuses 'server/7' 'option server/7 linger 1'
run "$NETLAB" -c 'switch s; option s linger 1'
expect_output 's is a switch: it has no sockets'

# A process that is stopped makes no calls.
run "$NETLAB" -c 'listen server 80; stop server; option server linger 1'
expect_status 1
expect_output 'process is stopped: cont server first'
