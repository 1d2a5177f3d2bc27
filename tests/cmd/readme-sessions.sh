# SPDX-License-Identifier: GPL-3.0-or-later
# test: once host waits timeout 400
#
# The sessions in README.md are what netlab prints, times aside. Each line that is
# typed there is typed in a terminal, one after the other, the first session as
# slowly as it says, and what follows it is held against what stands there; "..."
# stands for any lines. Lessons and problems are played as scripts: that each of
# their lines is printed, in that order, but for what a person types and is told.
need tmux

# Take README.md apart: typed[N], at[N] (its line), the file want.N; and the same
# for what needs a person.
before='' leave_out='' pending='' n=0 persons=0 blocks=0 number=0 kind=
while IFS= read -r line; do
	number=$((number + 1))
	if [[ $line == '```'* ]]; then
		[ -z "$kind" ] && kind=new || kind=
		continue
	fi
	[ -n "$kind" ] || before=$line
	if [ "$kind" = new ]; then
		kind=other
		[[ $line == 'netlab> '* || $line == '  lab     client 10.0.0.1'* ]] && kind=played && blocks=$((blocks + 1))
		[[ $line =~ ^netlab\>\ (lesson|problem)\  ]] && kind=person && person[persons += 1]=${line#netlab> }
		[[ $line == 'netlab> exercise '* || $before == '<!-- netem -->' ]] && kind=other
		start=$n
	fi
	case $kind in
	played)
		if [[ $line == 'netlab> '* ]]; then
			n=$((n + 1))
			typed[n]=${line#netlab> } at[n]=$number block[n]=$blocks
			: >"$TMP/want.$n"
		elif [ $n -gt $start ]; then
			echo "$line" >>"$TMP/want.$n"
		fi
		;;
	person)
		[[ -z $line ]] && continue
		# What stands before an answer was a question.
		[[ -z $pending || $line == 'answer> '* ]] || echo "$pending" >>"$TMP/person.$persons"
		pending=
		case $line in
		'netlab> '* | 'answer> '* | 'next state of '*) leave_out='' ;;
		'(Enter goes on) netlab> '*) leave_out='*' ;;
		'  right   '* | '  wrong   '* | '  lesson  '*) leave_out='          *' ;;
		'── '*) leave_out='' ;;&
		# shellcheck disable=SC2254
		$leave_out) ;;
		*) leave_out='' && pending=$line ;;
		esac
		;;
	esac
done <"$TOP/README.md"
[ $n -ge 60 ] && [ $persons -ge 2 ] || fail "README.md shows only $n lines typed, and $persons lessons"

# Also without the ports that the gateway draws.
normal_session()
{
	normal_lesson | sed -E 's/10\.0\.1\.1:[0-9]+/10.0.1.1:PORT/
		s/ ([0-9]{4,5}>80|80>[0-9]{4,5}) (\[[SRFP.]+\])[^─]*/ \2 /'
}

# In order, one after the other where nothing is left out. $strict: and nothing else.
compare() # STRICT WANT GOT WHERE
{
	local skip= j=0 word want got
	[ -n "$1" ] || skip=always
	mapfile -t want < <(normal_session <"$2" | grep .)
	mapfile -t got < <(normal_session <"$3" | grep .)
	for word in "${want[@]}"; do
		[[ $word == ... || $word == '[...]' ]] && skip=${skip:-once} && continue
		while [ $j -lt ${#got[@]} ] && [ "${got[j]}" != "$word" ] && [ -n "$skip" ]; do
			j=$((j + 1))
		done
		if [ "${got[j]-}" != "$word" ]; then
			diff <(normal_session <"$2") <(normal_session <"$3")
			fail "README.md:$4: not what is printed: $word"
		fi
		j=$((j + 1))
		[ "$skip" = always ] || skip=
	done
	[ -n "$skip" ] || [ $j -ge ${#got[@]} ] || fail "README.md:$4: more is printed: ${got[j]}"
}

mkdir "$TMP/got"
for ((i = 1; i <= n; i++)); do
	[ "${block[i]}" = 1 ] && echo "2 ${typed[i]}" || echo "0 ${typed[i]}"
done | "$TOP/tests/session.sh" "$TMP/got" || fail "a session cannot be played"
for ((i = 1; i <= n; i++)); do
	compare strict "$TMP/want.$i" "$TMP/got/$i" "${at[i]}"
done

for ((i = 1; i <= persons; i++)); do
	"$NETLAB" -c "${person[i]}" >"$TMP/script" 2>&1 || fail "$(cat "$TMP/script")"
	compare '' "$TMP/person.$i" "$TMP/script" "${person[i]}"
done
