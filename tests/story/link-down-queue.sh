# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 60
#
# What waits in the queue of a link is lost when the link goes down, even if it is
# up again before the frame's time has come.
need jq

run_script --json <<'END'
netem client>server delay 2s
exec server cat /sys/class/net/eth0/statistics/rx_packets
exec client bash -c 'echo lost >/dev/udp/10.0.0.2/7'
link client server down
link client server up
ping client server
exec server cat /sys/class/net/eth0/statistics/rx_packets
show links
END
expect_status 0
# The ping was sent after it, over the same link, and has arrived.
expect_equal 1 "$(jq -s '[.[] | select(.event == "output") | .text | tonumber] | .[1] - .[0]' <<<"$output")" \
	"frames that have reached the server"
expect_equal 0 "$(jq -s '[.[] | select(.event == "link") | .queued] | add' <<<"$output")" "frames in a queue"
