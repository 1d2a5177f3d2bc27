# SPDX-License-Identifier: GPL-3.0-or-later
# test: once host
#
# The command list in README.md is what the table says. (Its sessions are played by
# readme-sessions.sh.)
"$NETLAB" -c help >"$TMP/help"
awk '/^<!-- commands -->$/ { on = 1; next } on && /^```$/ { if (inside) exit; inside = 1; next } inside' \
	"$TOP/README.md" >"$TMP/readme"
diff "$TMP/readme" "$TMP/help" || fail "README.md's command list is not what help prints"
