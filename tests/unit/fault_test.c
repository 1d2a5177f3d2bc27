/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fault_test.c - what a segment meets: several faults at once, counted, over.
 */
#include "../../netlab/fault.h"

#include "../../netlab/segment.h"
#include "unit.h"

static struct faults faults;

static void add(enum fault_kind kind, unsigned kinds, enum selector_which which, uint32_t n, int64_t ns)
{
	struct fault fault = {.kind = kind, .ns = ns, .name = "old",
		.selector = {.kinds = kinds, .which = which, .n = n}};

	fault_add(&faults, &fault);
}

/* A FIN enters; the numbers of the faults that it meets. */
static const char *fin(bool again)
{
	static char text[16];
	const struct selector_facts facts = {.from = "a", .to = "b", .flags = SEG_FIN | SEG_ACK,
		.retransmission = again};
	char *at = text;
	bool any = fault_judge(&faults, &facts);

	for (unsigned i = 0; i < faults.count; i++)
		if (faults.at[i].strikes)
			*at++ = (char)('0' + faults.at[i].number);
	*at = '\0';
	CHECK_EQ(any, at > text);
	return text;
}

static void texts_are_commands(void)
{
	add(FAULT_LOSE, SELECT_LAST_ACK, SELECT_NTH, 1, 0);
	add(FAULT_LATE, SELECT_FIN, SELECT_NTH, 2, 300000000);
	add(FAULT_LATE, SELECT_FIN, SELECT_ALL, 1, 2000000000);
	add(FAULT_DOUBLE, SELECT_FIN, SELECT_NTH, 1, 0);
	add(FAULT_DOUBLE, SELECT_FIN, SELECT_NTH, 1, 1500);
	add(FAULT_SWAP, SELECT_DATA, SELECT_FIRST, 2, 0);
	add(FAULT_KEEP, SELECT_FIN | SELECT_RETRANSMISSION, SELECT_NTH, 1, 0);
	CHECK_STR(faults.at[0].text, "lose last-ack");
	CHECK_STR(faults.at[1].text, "late fin nth 2 by 300ms");
	CHECK_STR(faults.at[2].text, "late fin all by 2s");
	CHECK_STR(faults.at[3].text, "double fin");
	CHECK_STR(faults.at[4].text, "double fin after 1500ns");
	CHECK_STR(faults.at[5].text, "swap data first 2");
	CHECK_STR(faults.at[6].text, "keep fin retransmission as old");
	CHECK_EQ(faults.at[6].number, 7);
	faults_clear(&faults);
	CHECK_EQ(faults.count, 0);
}

static void one_segment_once(void)
{
	add(FAULT_LOSE, SELECT_FIN, SELECT_NTH, 1, 0);
	CHECK_STR(fin(false), "1");
	CHECK(faults.at[0].done);
	CHECK(!fault_is_active(&faults.at[0]));
	CHECK_STR(fin(true), "");
	CHECK_EQ(faults.at[0].matched, 1);
	CHECK_EQ(faults.at[0].struck, 1);
	faults_clear(&faults);
}

static void each_counts_for_itself(void)
{
	add(FAULT_LATE, SELECT_FIN, SELECT_EVERY, 2, 1);
	add(FAULT_DOUBLE, SELECT_FIN | SELECT_RETRANSMISSION, SELECT_FIRST, 2, 0);
	CHECK_STR(fin(false), "");
	CHECK_STR(fin(true), "12");
	CHECK_STR(fin(true), "2");
	CHECK_STR(fin(true), "1");
	CHECK_EQ(faults.at[0].matched, 4);
	CHECK_EQ(faults.at[0].struck, 2);
	CHECK(fault_is_active(&faults.at[0]));
	CHECK_EQ(faults.at[1].matched, 2);
	CHECK(faults.at[1].done);
	faults_clear(&faults);
}

static void lost_is_lost_but_for_being_kept(void)
{
	add(FAULT_LATE, SELECT_FIN, SELECT_NTH, 1, 1);
	add(FAULT_KEEP, SELECT_FIN, SELECT_NTH, 1, 0);
	add(FAULT_LOSE, SELECT_FIN, SELECT_NTH, 1, 0);
	add(FAULT_LOSE, SELECT_FIN, SELECT_ALL, 1, 0);
	CHECK_STR(fin(false), "23");
	CHECK(faults.at[0].done); /* its segment is gone */
	CHECK_EQ(faults.at[0].struck, 0);
	CHECK_EQ(faults.at[3].struck, 0);
	CHECK_STR(fin(true), "4");
	faults_clear(&faults);
}

static void what_is_off_does_not_count(void)
{
	add(FAULT_LOSE, SELECT_FIN, SELECT_NTH, 2, 0);
	faults.at[0].off = true;
	CHECK_STR(fin(false), "");
	CHECK_STR(fin(true), "");
	CHECK_EQ(faults.at[0].matched, 0);
	faults_clear(&faults);
}

static void many_faults_find_room(void)
{
	for (int i = 0; i < 100; i++)
		add(FAULT_LOSE, SELECT_SYN, SELECT_ALL, 1, 0);
	CHECK_EQ(faults.at[99].number, 100);
	CHECK_STR(fin(false), "");
	faults_clear(&faults);
}

int main(void)
{
	RUN(texts_are_commands);
	RUN(one_segment_once);
	RUN(each_counts_for_itself);
	RUN(lost_is_lost_but_for_being_kept);
	RUN(what_is_off_does_not_count);
	RUN(many_faults_find_room);
	return unit_end();
}
