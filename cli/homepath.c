/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "homepath.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *homepath(const char *word, char buf[HOMEPATH_SIZE])
{
	const char *home = getenv("HOME");
	int length;

	if (word[0] != '~' || (word[1] && word[1] != '/') || !home)
		return word;
	length = snprintf(buf, HOMEPATH_SIZE, "%s%s", home, word + 1);
	return length < HOMEPATH_SIZE ? buf : word;
}
