# SPDX-License-Identifier: GPL-3.0-or-later
# test: once host timeout 120
#
# The command list in README.md is what the table says, and the commands that
# its session shows are still commands.
"$NETLAB" -c help >"$TMP/help"
awk '/^<!-- commands -->$/ { on = 1; next } on && /^```$/ { if (inside) exit; inside = 1; next } inside' \
	"$TOP/README.md" >"$TMP/readme"
diff "$TMP/readme" "$TMP/help" || fail "README.md's command list is not what help prints"
sed -nE 's/^netlab> (.+)$/\1/p' "$TOP/README.md" >"$TMP/session.lab"
[ "$(wc -l <"$TMP/session.lab")" -ge 9 ] || fail "README.md shows no session"
run "$NETLAB" "$TMP/session.lab"
expect_status 0
