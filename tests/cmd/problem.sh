# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# problem: as lesson.sh, in a folder of their own; `at N` and `--at N` are N.
export XDG_DATA_HOME=$TMP/data
folder=$XDG_DATA_HOME/netlab/topologies/problems
mkdir -p "$folder"
cat >"$folder/mine.lab" <<'END'
# mine: one of my own
# usage: problem mine [at PORTS=10]
topology pair
echo ports: ${1:-10}
END
run "$NETLAB" -c problem
expect_status 0
expect_output '^  problem +words +what it is$' '^  mine +\[at PORTS=10\] +one of my own$'
for file in "$TOP"/topologies/problems/*.lab; do
	[ -f "$file" ] || continue
	name=$(basename "$file" .lab)
	expect_output "^  $name  "
	grep -q "^# $name: " "$file" || fail "$name.lab does not say what it is"
	grep -q "^# usage: problem $name" "$file" || fail "$name.lab does not say how to use it"
done
for call in 'mine|10' 'mine 20|20' 'mi at 30|30' 'mine --at 40|40'; do
	run "$NETLAB" -c "problem ${call%|*}"
	expect_status 0
	expect_order '^netlab> topology pair$' "^netlab> echo ports: ${call#*|}$" "^ports: ${call#*|}$"
done
run "$NETLAB" -c 'problem mine at 1 2'
expect_status 1
expect_output '"2" is one word too many: problem mine \[at PORTS=10\]'
run "$NETLAB" -c 'problem nonsense'
expect_status 1
expect_output 'no problem "nonsense"; `problem` lists what there is'
run "$NETLAB" -c 'lesson mine'
expect_status 1
expect_output 'no lesson "mine"'
run "$NETLAB" --json -c problem
expect_output '^\{"event":"problem","name":"mine","words":"\[at PORTS=10\]","summary":"one of my own"\}$'
