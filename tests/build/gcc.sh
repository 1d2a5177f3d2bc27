# SPDX-License-Identifier: GPL-3.0-or-later
# test: once timeout 300
#
# gcc builds everything without a warning.
need gcc make pkg-config
run make -s -C "$SOURCE" BUILD=build/gcc CC=gcc CFLAGS="-O2 -g -Werror" all programs
expect_status 0
