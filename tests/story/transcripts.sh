# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, alone-debian, timeout 200
#
# The close, a hundred times while both processors are busy: the same words
# every time, times and counts of copies aside.
need jq
times=100
[ "$KERNEL" = debian ] && times=10

play() # FILE [OPTION]
{
	"$NETLAB" ${2:+"$2"} topologies/close.lab >"$1" 2>&1 || fail "$(cat "$1")"
}

load_begin
for ((i = 0; i < times; i++)); do
	play "$TMP/text"
	normal_text <"$TMP/text" >"$TMP/text.$i"
	play "$TMP/json" --json
	normal_json <"$TMP/json" >"$TMP/json.$i" || fail "no JSON: $(cat "$TMP/json")"
	for kind in text json; do
		cmp -s "$TMP/$kind.0" "$TMP/$kind.$i" && continue
		cat "$TMP/$kind"
		diff "$TMP/$kind.0" "$TMP/$kind.$i"
		fail "run $i tells another story: < the first one, > this one"
	done
done
load_end

# What was compared is the whole close.
grep -q 'server LAST-ACK . CLOSED' "$TMP/text.0" || fail "the text has no end: $(cat "$TMP/text.0")"
[ "$(jq -s '[.[] | select(.event == "check" and .ok)] | length' "$TMP/json.0")" = \
	"$(grep -c '^expect' topologies/close.lab)" ] || fail "not every check is told"
