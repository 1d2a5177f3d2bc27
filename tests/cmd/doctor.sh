# SPDX-License-Identifier: GPL-3.0-or-later
#
# netlab doctor: what the machine offers, tried without changing it; what is
# missing, what that means, and what mends it.
snapshot_machine "$TMP/before"
run "$NETLAB" doctor
expect_status 0
expect_same_machine "$TMP/before"
[ "$USER_KIND" = root ] && who='as root' || who='as an ordinary user'
grep -qF ", Linux $(uname -r), $who" <<<"$output" || fail "not this kernel, or not $who"
# A lab runs on this kernel: what it needs must have been found.
for what in 'PID namespaces' 'network namespaces' 'sysctls of a namespace' veth 'AF_PACKET ring' \
	'clsact, u32, mirred' sock_diag; do
	expect_output "^ok +$what  "
done
expect_output '^(ok|missing) +netem  ' '^(ok|limited) +open files ' '^netlab can run here\.$'
expect_no_output '^untried +(veth|netem|UTF-8)  ' 'ended by SIG' 'no answer'

# It says of the kernel what the kernel does.
if unshare --net true 2>/dev/null || unshare --map-root-user --net true 2>/dev/null; then
	become=(unshare --net)
	"${become[@]}" true 2>/dev/null || become=(unshare --map-root-user --net)
	"${become[@]}" tc qdisc add dev lo root netem delay 1ms 2>/dev/null && has=ok || has=missing
	expect_output "^$has +netem  "
	for key in tcp_rto_min_us tcp_rto_max_ms tcp_tw_reuse_delay tcp_child_ehash_entries; do
		"${become[@]}" test -e "/proc/sys/net/ipv4/$key" && has=ok || has=missing
		expect_output "^$has +$key  "
	done
fi

# ------------------------------------------------------------------ objects
if command -v jq >/dev/null; then
	run "$NETLAB" doctor --json
	expect_status 0
	jq -es '([.[] | select(.event == "probe")] | length > 20 and all(
			(.name | type) == "string" and (.needed | type) == "boolean" and
			(.verdict | IN("ok", "limited", "missing", "untried")) and has("remedy"))) and
		(last | .event == "doctor" and .runs == true)' >/dev/null <<<"$output" || fail "not so"
	expect_equal "$output" "$("$NETLAB" --json doctor)" "the objects"
	run "$NETLAB" doctor --json --all
	jq -es 'all(.remedy == null or (.remedies | length) == 6)' >/dev/null <<<"$output" ||
		fail "not all systems"
fi

# ------------------------------------------------------------- what is wrong
run "$NETLAB" doctor --all everything
expect_status 2
expect_equal 'netlab: doctor takes --all and --json only: leave out "everything"; see netlab --help' \
	"$output"
echo 'echo I am a script' >"$TMP/doctor"
run env -C "$TMP" "$NETLAB" ./doctor
expect_equal 'I am a script' "$output"

# ------------------------------------------------------ machines that lack it
# shellcheck disable=SC2016
run env LC_ALL=C bash -c 'ulimit -Sn 256; "$0" doctor' "$NETLAB"
expect_status 0
expect_output '^limited +open files +256 at once: labs of about 72 nodes$' \
	'^  open files +ulimit -n [0-9]+, in the shell ' '^limited +UTF-8 ' \
	'^  UTF-8 +export LC_ALL=C.UTF-8$'
# shellcheck disable=SC2016
run bash -c 'ulimit -n 256; "$0" doctor' "$NETLAB"
expect_output '^  open files +sudo prlimit --pid \$\$ --nofile=[0-9]+, in the shell '

# What it says of few descriptors is so. A lab in the making has none to spare.
for limit in 8 16 20 24 28 32; do
	# shellcheck disable=SC2016
	with=(bash -c 'ulimit -n "$1"; exec "$0" "${@:2}"' "$NETLAB" "$limit")
	run "${with[@]}" -c 'ping client server'
	runs=$status
	run "${with[@]}" -c 'netem all delay 1ms; listen server 80; connect client server:80'
	connects=$status
	run "${with[@]}" doctor
	case $output in
	*'at once: no labs'*) expect_equal 1 "$runs" "ping with $limit descriptors" ;;
	*) expect_equal 0 "$runs" "ping with $limit descriptors" ;;
	esac
	[[ $output != *'labs of about'* ]] || expect_equal 0 "$connects" "connect with $limit descriptors"
	expect_status "$runs"
	expect_no_output '^missing +(veth|sock_diag|IPv6) '
done

inside=(unshare --user --map-root-user --mount)
"${inside[@]}" true 2>/dev/null || skip "the rest needs user namespaces"
# However few namespaces there are, what it says of them is so.
for limit in 0 1 2 3 4; do
	# shellcheck disable=SC2016
	with=("${inside[@]}" bash -c 'echo "$1" >/proc/sys/user/max_net_namespaces; "$0" "${@:2}"'
		"$NETLAB" "$limit")
	run "${with[@]}" -c 'ping client server'
	runs=$status
	run "${with[@]}" doctor
	expect_status "$runs"
	expect_no_output '^missing +(veth|sysctls|bridge|sock_diag|TCP_REPAIR|tcp_child)' \
		'^  (veth|bridge|sock_diag) '
	case $limit in
	0) expect_output '^untried +(veth|sock_diag) +\(user\.max_net_namespaces is 0\)$' ;;
	1) expect_output '^untried +tcp_child_ehash_entries +\(user\.max_net_namespaces is used up\)$' \
		'^ok +veth ' ;;
	3) expect_output "^limited +network namespaces +two hosts, and no gate \(.* is 3 and leaves 3" ;;
	4) expect_output '^ok +network namespaces ' ;;
	esac
	[ $limit -gt 2 ] || expect_output '^netlab cannot run here\.$' \
		"^missing +network namespaces +no labs \(user\.max_net_namespaces is $limit and leaves $limit,"
	[ $limit = 4 ] || expect_output '^  network namespaces +echo user\.max_net_namespaces=15000 '
done
# shellcheck disable=SC2016
run "${inside[@]}" bash -c 'echo 0 >/proc/sys/user/max_pid_namespaces; exec "$0" doctor' "$NETLAB"
expect_status 1
expect_output '^missing +PID namespaces ' '^  PID namespaces +echo user\.max_pid_namespaces='

# Tracefs is for the machine's root, and for no other.
nobody=()
[ "$USER_KIND" = user ] || nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
run "${nobody[@]}" "$NETLAB" doctor
expect_output '^missing +tracepoints +labs do without; ' '^  tracepoints +[a-z]'
if command -v jq >/dev/null; then
	run "${nobody[@]}" "$NETLAB" doctor --all --json
	jq -es '.[] | select(.name == "tracepoints") | .remedies | length == 6 and all(length > 3)' \
		>/dev/null <<<"$output" || fail "no remedies for tracepoints"
fi
# shellcheck disable=SC2016
run "${inside[@]}" bash -c 'echo 0 >/proc/sys/user/max_user_namespaces
	exec setpriv --bounding-set=-all "$0" doctor' "$NETLAB"
expect_status 1
expect_output 'as an ordinary user$' '^missing +user namespaces +only root' \
	'user.max_user_namespaces=15000.*sudo sysctl --system; or: sudo netlab' 'cannot run here'

# Other systems, by what they say of themselves.
elsewhere() # OS-RELEASE PROC-VERSION
{
	printf '%s\n' "$1" >"$TMP/os-release"
	printf '%s\n' "$2" >"$TMP/version"
	# shellcheck disable=SC2016
	run "${inside[@]}" bash -c 'mount --bind "$1/os-release" "$(readlink -f /etc/os-release)" &&
		mount --bind "$1/version" /proc/version && exec "$0" doctor' "$NETLAB" "$TMP"
	expect_status 0
}

# Does it offer that, if it has anything of the kind to mend?
offers() # REGEX
{
	! grep -Eq '^missing +(netem|veth|bridge|tcp_)' <<<"$output" || expect_output "$1"
}

[ -e /etc/os-release ] || exit 0
elsewhere 'NAME="Ubuntu"
PRETTY_NAME="Ubuntu 24.04.1 LTS"
ID=ubuntu
ID_LIKE=debian' 'Linux version 6.8.0'
expect_output '^Ubuntu 24\.04\.1 LTS, '
offers 'apt install linux-(modules-extra|generic-hwe)'
elsewhere $'PRETTY_NAME="Linux Mint 22"\nID=linuxmint\nID_LIKE="ubuntu debian"' 'Linux version 6.8.0'
offers 'apt install linux-(modules-extra|generic-hwe)'
elsewhere $'PRETTY_NAME="Debian 12"\nID=debian' 'Linux version 6.1.0'
offers 'apt install .*linux-image-'
elsewhere $'PRETTY_NAME="Fedora Linux 41"\nID=fedora' 'Linux version 6.11'
offers 'sudo dnf '
elsewhere $'PRETTY_NAME="Arch Linux"\nID=arch' 'Linux version 6.12'
offers 'sudo pacman '
elsewhere $'PRETTY_NAME="Ubuntu 22.04"\nID=ubuntu' 'Linux version 5.15.167.4-microsoft-standard-WSL2'
expect_output '^Ubuntu 22\.04 on WSL2, '
offers 'in Windows: wsl --update'
