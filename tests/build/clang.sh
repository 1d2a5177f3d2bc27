# SPDX-License-Identifier: GPL-3.0-or-later
# test: once timeout 900
#
# clang builds everything without a warning.
need clang make pkg-config
run nice -n 4 make -s -C "$SOURCE" clang
expect_status 0
