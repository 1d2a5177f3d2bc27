# SPDX-License-Identifier: GPL-3.0-or-later
# test: host timeout 120
#
# The prompt: completion, history, what comes while a line is being typed,
# Ctrl-C and Ctrl-D, narrow and wide terminals, no colour, no UTF-8.
export XDG_STATE_HOME=$TMP/state

begin() # COLUMNS ROWS [VARIABLE=VALUE...]
{
	screen_start "$1" "$2" env "${@:3}" "$NETLAB"
	screen_wait '^netlab> *$'
}

end()
{
	screen_key C-u C-d
	screen_wait '\[ended 0\]'
	screen_end
}

# What stands on the line of the prompt.
line_is() # TEXT (blanks at its end do not show)
{
	screen_show | grep . | tail -n 1 | grep -Fqx -e "netlab>${1:+ $1}"
}

wait_line() # TEXT
{
	wait_for line_is "$1"
}

fresh_line()
{
	screen_key C-u
	wait_line ''
}

# ---------------------------------------------------------------- completion

begin 100 40
screen_type 'clo'
screen_key Tab
screen_type 'server'
wait_line 'close server'
fresh_line
screen_enter 'listen server 80; connect client server:80 as visitor'
screen_wait 'visitor +connect\(\) = 0'
screen_wait '^netlab> *$'
for pair in 'send vi|send visitor' 'wait visitor FIN|wait visitor FIN-WAIT-' \
	'connect client ser|connect client server' 'topo|topology' 'topology pai|topology pair' \
	'shutdown visitor rdw|shutdown visitor rdwr' 'sysctl cl|sysctl client' \
	'hold client>se|hold client>server' "source $TOP/topologies/pai|source $TOP/topologies/pair.lab" \
	'netem all delay 1ms jitter 1ms distribution u|netem all delay 1ms jitter 1ms distribution uniform' \
	'route client default via |route client default via server' 'link client |link client server' \
	'help ladd|help ladder' 'visitor clo|visitor close'; do
	[[ $pair == *ladder ]] && ! "$NETLAB" -c 'help ladder' >/dev/null 2>&1 && continue
	screen_type "${pair%|*}"
	screen_key Tab
	screen_type '.'
	wait_for screen_matches "^netlab> ${pair#*|}[ :]?\.$"
	fresh_line
done
screen_type 'wait visitor FIN-'
screen_key Tab Tab Tab
screen_wait 'FIN-WAIT-1 +FIN-WAIT-2'
fresh_line

# ------------------------------------------ what comes while a line is typed

lab=$(ps -e -o pid=,ppid=,comm= | awk -v shell="$(screen_pid)" '$2 == shell && $3 == "netlab" { print $1 }')
screen_type 'echo half a line'
wait_line 'echo half a line'
kill -9 "$(pid_at 10.0.0.1 "$lab")"
screen_wait 'process ended by SIGKILL'
screen_wait 'ESTAB . CLOSE-WAIT'
wait_line 'echo half a line'
expect_equal 1 "$(screen_show | grep -c 'half a line')" "how often the line stands there"
screen_key Left Left Left Left BSpace BSpace
screen_type 'b '
wait_line 'echo half b line'
screen_key Enter
screen_wait '^half b line$'

# ------------------------------------------------------------------- Ctrl-C

screen_wait '^netlab> *$'
screen_enter 'echo begun; wait server ESTAB within 1000s'
screen_wait '^begun$' # before that, the key would be lost with the line
screen_key C-c
screen_wait 'interrupted'
wait_line ''
# The prompt before it looks like the one after it: what is typed must be seen first.
for line in 'sleep 1000s' 'exec client sleep 1000'; do
	screen_enter "$line"
	wait_line "$line"
	screen_key C-c
	wait_line ''
done
screen_type 'a line thought better of'
wait_line 'a line thought better of'
screen_key C-c
wait_line ''
screen_enter 'server close; wait server CLOSED; echo "the lab" lives'
screen_wait '^the lab lives$'
screen_enter 'nonsense'
screen_wait 'no command "nonsense"'
end

# ------------------------------------------------------------------ history

grep -qx 'echo half b line' "$XDG_STATE_HOME/netlab/history" || fail "not in the history"
! grep -q 'thought better of' "$XDG_STATE_HOME/netlab/history" || fail "in the history"
begin 100 40
screen_key Up
wait_line 'nonsense'
screen_key Up
wait_line 'server close; wait server CLOSED; echo "the lab" lives'
end

# ------------------------------------------------------- narrow, wide, plain

held='listen server 80; connect client server:80; hold; close client; step; step; echo done'

# No line of a table is broken, and none is wider than the screen.
unbroken()
{
	local tables
	tables=$(tmux -S "$screen_socket" capture-pane -p -J -S - | grep -E '^ +(node|client|server) .*(state|FIN-WAIT|ESTAB|CLOSE-WAIT)')
	[ -n "$tables" ] || fail "no table"
	expect_equal '' "$(grep -E "^.{$(($1 + 1)),}" <<<"$tables")" "lines wider than $1 columns"
}

begin 40 60
screen_enter "$held"
screen_wait '^done'
screen_wait 'FIN-WAIT-2'
unbroken 40
end
begin 300 60
screen_enter "$held"
screen_wait '^done'
unbroken 300
screen_matches 'server +server/1|server +CLOSE-WAIT.*10.0.0.2:80 +10.0.0.1:40000' || fail "no table"
screen_resize 60 30
screen_enter ss
screen_wait 'LISTEN'
end

colors()
{
	tmux -S "$screen_socket" capture-pane -p -e -S - | grep -c $'\033\[[0-9;]*3[0-9]'
}

begin 100 60
screen_enter "$held"
screen_wait '^done'
[ "$(colors)" -gt 0 ] || fail "a terminal gets no colour"
screen_matches 'ESTAB → FIN-WAIT-1' || fail "no arrow in UTF-8"
end
begin 100 60 NO_COLOR=1
screen_enter "$held"
screen_wait '^done'
expect_equal 0 "$(colors)" "lines with colour under NO_COLOR"
end
begin 100 60 LC_ALL=C
screen_enter "$held; ss"
screen_wait '^done'
screen_wait 'LISTEN'
screen_matches 'ESTAB -> FIN-WAIT-1' || fail "no arrow in ASCII"
expect_equal '' "$(screen_show -a | LC_ALL=C grep -P '[^\x00-\x7f]')" "lines beyond ASCII"
end
