# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# A topology that cannot be built with these words is refused in one line of its
# own file, with -k as well, where it goes on only with the next command: the lab
# that there was stays.
for words in "star x" "star -1" "ring 2" "tree 2 1"; do
	output=$("$NETLAB" -k -c "topology chain; echo before; show; show routes; topology $words
		echo after; show; show routes; echo end; ping h1 h2" 2>"$TMP/err")
	status=$?
	expect_status 1
	expect_output 'h1 > h2  echo reply'
	expect_equal "$(sed -n '/^before$/,/^after$/p' <<<"$output" | sed '1d;$d')" \
		"$(sed -n '/^after$/,/^end$/p' <<<"$output" | sed '1d;$d')" "topology $words: the lab before and after"
	output=$(cat "$TMP/err")
	[ "$(wc -l <<<"$output")" = 1 ] || fail "topology $words: $(wc -l <<<"$output") lines of errors, not one"
	expect_output "^([^ ]*${words%% *}\\.lab:[0-9]+|-c:[0-9]+): "
done
