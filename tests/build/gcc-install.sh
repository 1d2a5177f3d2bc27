# SPDX-License-Identifier: GPL-3.0-or-later
# test: once timeout 900
#
# gcc builds everything without a warning; what is installed is all there and
# works from there, and uninstall takes it all away again.
need gcc make pkg-config
built=(nice -n 4 make -s -C "$SOURCE" BUILD=build/gcc CC=gcc CFLAGS="-O2 -g -Werror" PREFIX=/usr)

run "${built[@]}" all programs
expect_status 0
run "${built[@]}" DESTDIR="$TMP/at" install
expect_status 0
for file in bin/netlab share/netlab/topologies/close.lab \
	share/netlab/topologies/lessons/a1-four-steps.lab share/man/man1/netlab.1 \
	share/bash-completion/completions/netlab; do
	[ -s "$TMP/at/usr/$file" ] || fail "not installed: $file"
done
run "$TMP/at/usr/bin/netlab" --version
expect_status 0
run "$TMP/at/usr/bin/netlab" -c 'lesson a1'
expect_status 0
run bash -n "$TMP/at/usr/share/bash-completion/completions/netlab"
expect_status 0

run make -s -C "$SOURCE" DESTDIR="$TMP/at" PREFIX=/usr uninstall
expect_status 0
expect_equal "" "$(find "$TMP/at" ! -type d)" "files left by uninstall"
