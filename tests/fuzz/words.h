/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * words.h - the words of a fuzzed line.
 */
#ifndef TESTS_FUZZ_WORDS_H
#define TESTS_FUZZ_WORDS_H

/* Split where there is a blank or less, `most` of them at the most; writes into the
 * line. Returns how many there are. */
static inline int words_split(char *line, char **words, int most)
{
	int count = 0;

	for (char *c = line; *c; c++) {
		if ((unsigned char)*c <= ' ') {
			*c = '\0';
		} else if (c == line || !c[-1]) {
			if (count == most)
				break;
			words[count++] = c;
		}
	}
	return count;
}

#endif
