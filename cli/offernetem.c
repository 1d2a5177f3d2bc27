/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * offernetem.c - candidates for Tab among netem's words: which of them may stand
 * behind the others on the line, on the links as they are.
 */
#include <stdio.h>
#include <string.h>

#include "offer.h"

/* What the words say so far: the last keyword, and how many values it has. */
struct said {
	char **words;
	int count, keywords;
	const char *last;
	int values;
};

static struct said read_words(const struct search *search)
{
	struct said said = {.words = search->words + search->rest,
		.count = search->count - search->rest,
		.last = ""};

	for (int i = 0; i < said.count; i++) {
		if (netem_hint(said.words[i])) {
			said.last = said.words[i];
			said.keywords++;
			said.values = 0;
		} else {
			said.values++;
		}
	}
	return said;
}

static bool is_said(const struct said *said, const char *word)
{
	for (int i = 0; i < said->count; i++)
		if (strcmp(said->words[i], word) == 0)
			return true;
	return false;
}

/* How many values a keyword wants: as many as its hint has words. */
static int wanted(const char *keyword)
{
	const char *hint = netem_hint(keyword);
	int words = hint && *hint ? 1 : 0;

	while (words && (hint = strchr(hint, ' '))) {
		hint++;
		words++;
	}
	return words;
}

/* Does the word, an argument of type ARG_DIRECTIONS, name this direction as well? */
static bool is_among(const char *word, const struct link *link, int end)
{
	const char *a = link_node(link, end)->name, *b = link_node(link, !end)->name;
	char one[80], both[80], back[80];

	snprintf(one, sizeof one, "%s>%s", a, b);
	snprintf(both, sizeof both, "%s-%s", a, b);
	snprintf(back, sizeof back, "%s-%s", b, a);
	return strcmp(word, "all") == 0 || strcmp(word, one) == 0 || strcmp(word, both) == 0 ||
	       strcmp(word, back) == 0;
}

/* What impairs any of the directions before the words. Two words before them are the
 * ends of a link that is to be made: nothing does. */
static unsigned impaired_by(const struct search *search)
{
	const struct link *link = NULL;
	unsigned given = 0;

	while (search->lab && search->rest == 1 && (link = link_next(search->lab, link)))
		for (int end = 0; end < 2; end++)
			if (is_among(search->words[0], link, end))
				given |= link_netem_now(link, end)->given;
	return given;
}

/* A delay that jitter and reorder need may come behind them. A jitter may, too, but a
 * distribution without one would mostly be refused. */
static bool may_stand(const struct search *search, const struct said *said, const char *keyword)
{
	if (strcmp(keyword, "gemodel") == 0)
		return strcmp(said->last, "loss") == 0 && said->values == 1;
	if (strcmp(keyword, "gap") == 0)
		return strcmp(said->last, "reorder") == 0 && said->values == 1;
	if (strcmp(keyword, "none") == 0)
		return said->keywords == 0;
	if (is_said(said, keyword))
		return false;
	if (strcmp(keyword, "distribution") == 0)
		return is_said(said, "jitter") ||
		       (!is_said(said, "none") && impaired_by(search) & NETEM_JITTER);
	return true;
}

/* Nothing where a number is due. */
void offer_netem(struct search *search)
{
	struct said said = read_words(search);
	bool due = said.values < wanted(said.last);
	int i;

	if (due && strcmp(said.last, "distribution") == 0)
		for (i = 0; netem_distributions[i]; i++)
			offer(search, netem_distributions[i]);
	if (due && strcmp(said.last, "loss") == 0)
		offer(search, "gemodel");
	for (i = 0; !due && netem_keywords[i]; i++)
		if (may_stand(search, &said, netem_keywords[i]))
			offer(search, netem_keywords[i]);
}
