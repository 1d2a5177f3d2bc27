/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * offer.h - what there is of each type of argument, for Tab. Each function adds
 * to search->found what begins with search->word.
 */
#ifndef CLI_OFFER_H
#define CLI_OFFER_H

#include "command.h"

struct completion;

struct search {
	const struct lab *lab;
	const char *word; /* what is typed of it, unquoted */
	char quote;	  /* the quote it is in, or 0 */
	char **words;	  /* the whole words before it, behind the command's name */
	int count;
	int rest; /* the first of them that belongs to the argument that takes all the
		     others; count: none does yet */
	struct completion *found;
};

/* One candidate. */
void offer(struct search *search, const char *word);
void offer_format(struct search *search, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Whatever the argument may be; nothing where that cannot be listed. */
void offer_values(struct search *search, const struct arg *arg);

void offer_commands(struct search *search);
/* With `suffix` behind each name. */
void offer_nodes(struct search *search, const char *suffix);
void offer_endpoints(struct search *search);
void offer_sockets(struct search *search);
void offer_directions(struct search *search);
void offer_errnos(struct search *search);
/* Counters of the kernel that matter here. */
void offer_counters(struct search *search);
/* What may stand behind that option's name. */
void offer_option_value(struct search *search, const char *name);
/* "a|b|c" */
void offer_choices(struct search *search, const char *choices);

/* ---- offernetem.c ---- */

/* netem's words and names of distributions that may come next. */
void offer_netem(struct search *search);

/* ---- offerfile.c ---- */

void offer_files(struct search *search);
void offer_sysctls(struct search *search);
/* What lies in the library of ARG_TOPOLOGY, ARG_LESSON and the like, and files. */
void offer_library(struct search *search, enum arg_type type);
/* What the next word behind its name (words[0]) is without being given; nothing for
 * other types. */
void offer_library_words(struct search *search, enum arg_type type);

#endif
