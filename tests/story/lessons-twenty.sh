# SPDX-License-Identifier: GPL-3.0-or-later
# test: slow, timeout 1500
#
# Each lesson and each problem, twenty times, many at once and both processors
# busy: all of them are well, and tell the same, times aside.
#
#   LABS=PART    only those whose names have this in them
times=20 at_once=32
[ "$KERNEL" = debian ] && at_once=8

play() # FILE RUN
{
	local name=${1##*/}
	name=${name%.lab}
	"$NETLAB" "$1" >"$TMP/$name.$2.log" 2>&1 </dev/null || echo "exit status $?" >>"$TMP/$name.$2.bad"
	normal_lesson <"$TMP/$name.$2.log" >"$TMP/$name.$2.text"
}
export -f play normal_text normal_lesson
export TMP

labs=(topologies/lessons/*"${LABS:-}"*.lab topologies/problems/*"${LABS:-}"*.lab)
load_begin
# Those that take longest first.
for lab in $(grep -l 'test:.*waits' "${labs[@]}") $(grep -L 'test:.*waits' "${labs[@]}"); do
	for ((i = 0; i < times; i++)); do
		echo "$lab" $i
	done
done | xargs -P $at_once -L 1 bash -c 'play "$@"' play
load_end

# The last lines are the ones that are shown.
bad=0
: >"$TMP/differences"
: >"$TMP/summary"
for lab in "${labs[@]}"; do
	[ -f "$lab" ] || continue
	name=${lab##*/}
	name=${name%.lab}
	failed=$(find "$TMP" -name "$name.*.bad" | wc -l)
	kinds=$(md5sum "$TMP/$name".*.text | cut -d ' ' -f 1 | sort | uniq -c | sort -rn | awk '{ printf " %s", $1 }')
	echo "$name: $((times - failed)) of $times well; transcripts alike:$kinds" >>"$TMP/summary"
	told=
	for ((i = 0; i < times; i++)); do
		if [ -f "$TMP/$name.$i.bad" ]; then
			{ echo "$name: run $i:" && tail -n 30 "$TMP/$name.$i.log"; } >>"$TMP/differences"
			bad=$((bad + 1))
		elif ! cmp -s "$TMP/$name.0.text" "$TMP/$name.$i.text"; then
			bad=$((bad + 1))
			[ -z "$told" ] || continue
			told=yes
			echo "$name: run $i beside run 0:" >>"$TMP/differences"
			diff "$TMP/$name.0.text" "$TMP/$name.$i.text" | head -n 20 >>"$TMP/differences"
		fi
	done
done
tail -n 160 "$TMP/differences"
cat "$TMP/summary"
no_test_processes || fail "processes are left: $(test_processes)"
[ $bad = 0 ] || fail "$bad runs failed, or told something else than the first one"
