# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits slow timeout 1000
#
# Three minutes at each step: longer than any of the kernel's own limits.
# shellcheck source=tests/story/patience-20s.sh
PAUSE=3min
. tests/story/patience-20s.sh
