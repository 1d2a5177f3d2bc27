/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"

static const char *const kind_names[] = {"lose", "late", "double", "swap", "keep"};
static_assert(sizeof kind_names / sizeof *kind_names == FAULT_KINDS, "a name for each kind");

const char *fault_kind_name(enum fault_kind kind)
{
	return kind < FAULT_KINDS ? kind_names[kind] : "?";
}

/* In the largest unit that leaves no rest. */
static const char *print_time(int64_t ns, char *buf, size_t size)
{
	if (ns % 1000000000 == 0)
		snprintf(buf, size, "%llds", (long long)(ns / 1000000000));
	else if (ns % 1000000 == 0)
		snprintf(buf, size, "%lldms", (long long)(ns / 1000000));
	else if (ns % 1000 == 0)
		snprintf(buf, size, "%lldus", (long long)(ns / 1000));
	else
		snprintf(buf, size, "%lldns", (long long)ns);
	return buf;
}

static void print(struct fault *fault)
{
	char which[SELECTOR_TEXT], time[24], rest[40] = "";

	print_time(fault->ns, time, sizeof time);
	if (fault->kind == FAULT_LATE)
		snprintf(rest, sizeof rest, " by %s", time);
	else if (fault->kind == FAULT_DOUBLE && fault->ns > 0)
		snprintf(rest, sizeof rest, " after %s", time);
	else if (fault->kind == FAULT_KEEP)
		snprintf(rest, sizeof rest, " as %s", fault->name);
	snprintf(fault->text, sizeof fault->text, "%s %s%s", fault_kind_name(fault->kind),
		selector_print(&fault->selector, which), rest);
}

struct fault *fault_add(struct faults *faults, const struct fault *fault)
{
	struct fault *added;

	if (faults->count == faults->room) {
		faults->room = faults->room ? faults->room * 2 : 8;
		faults->at = alloc_resize(faults->at, faults->room, sizeof *faults->at);
	}
	added = &faults->at[faults->count++];
	*added = *fault;
	added->number = faults->count;
	added->matched = added->struck = 0;
	added->off = added->done = added->strikes = added->ends = false;
	print(added);
	return added;
}

void faults_clear(struct faults *faults)
{
	free(faults->at);
	*faults = (struct faults){0};
}

/* Count it; is it one of those that are meant? */
static bool meets(struct fault *fault, const struct selector_facts *facts)
{
	fault->ends = false;
	if (!fault_is_active(fault) || !selector_matches(&fault->selector, facts))
		return false;
	fault->matched++;
	fault->done = fault->ends = selector_is_over(&fault->selector, fault->matched);
	return selector_takes(&fault->selector, fault->matched);
}

bool fault_judge(struct faults *faults, const struct selector_facts *facts)
{
	bool any = false, lost = false;

	for (unsigned i = 0; i < faults->count; i++) {
		struct fault *fault = &faults->at[i];

		fault->strikes = meets(fault, facts);
		if (fault->kind != FAULT_LOSE)
			continue;
		fault->strikes &= !lost; /* once is enough */
		lost |= fault->strikes;
	}
	for (unsigned i = 0; i < faults->count; i++) {
		struct fault *fault = &faults->at[i];

		if (lost && fault->kind != FAULT_LOSE && fault->kind != FAULT_KEEP)
			fault->strikes = false;
		fault->struck += fault->strikes;
		any |= fault->strikes;
	}
	return any;
}
