/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * counters_test.c - /proc/net/snmp and netstat as text, and the names that mean
 * a counter.
 */
#include "../../netlab/counters.h"

#include "unit.h"

static struct counters counters;

static int64_t value(const char *name)
{
	return counters_value(&counters, name, 0);
}

static bool has(const char *name)
{
	for (size_t i = 0; i < counters.count; i++)
		if (strcmp(counters.row[i].name, name) == 0)
			return true;
	return false;
}

static void read_text(const char *text)
{
	counters_free(&counters);
	counters_parse(&counters, text);
}

static void pairs_of_lines_are_names_and_values(void)
{
	read_text("Ip: Forwarding DefaultTTL InReceives\nIp: 1 64 12\n"
		  "Tcp: RtoAlgorithm MaxConn ActiveOpens CurrEstab OutRsts\nTcp: 1 -1 3 2 0\n"
		  "TcpExt: TW TWKilled\nTcpExt: 7 8\n");
	CHECK_EQ(counters.count, 5);
	CHECK_EQ(value("IpInReceives"), 12);
	CHECK_EQ(value("TcpActiveOpens"), 3);
	CHECK_EQ(value("TcpExtTW"), 7);
	CHECK_EQ(value("TcpExtTWKilled"), 8);
	CHECK(has("TcpOutRsts"));
	/* what is no counter */
	CHECK(!has("IpForwarding") && !has("IpDefaultTTL") && !has("TcpRtoAlgorithm"));
	CHECK(!has("TcpMaxConn") && !has("TcpCurrEstab"));
}

static void several_texts_add_up(void)
{
	read_text("Tcp: ActiveOpens\nTcp: 1\n");
	counters_parse(&counters, "TcpExt: TW\nTcpExt: 2\n");
	CHECK_EQ(counters.count, 2);
	CHECK_EQ(value("TcpExtTW"), 2);
}

static void what_does_not_belong_together_is_left_out(void)
{
	static const char *const texts[] = {"", "\n", "\n\n\n", "Tcp:", "Tcp:\n", "Tcp: A B\n", "Tcp: A\nUdp: 1\n",
		"no colon\nno colon\n", "Tcp: \nTcp: \n", "Tcp: A\nTcp:\n", "Tcp\nTcp\n", ":\n:\n"};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		unit_about = texts[i];
		read_text(texts[i]);
		CHECK_EQ(counters.count, 0);
	}
	unit_about = "";
	read_text("Tcp: A B C\nTcp: 1 2\n");
	CHECK_EQ(counters.count, 2);
	read_text("Tcp: A\nTcp: 1 2 3\nTcpExt: B\nTcpExt: 5");
	CHECK_EQ(counters.count, 2);
	CHECK_EQ(value("TcpExtB"), 5);
}

static void long_names_are_cut(void)
{
	char text[400];

	snprintf(text, sizeof text, "TcpExt: %0100d\nTcpExt: 9\n", 7);
	read_text(text);
	CHECK_EQ(counters.count, 1);
	CHECK_EQ(strlen(counters.row[0].name), COUNTER_NAME - 1);
}

static void many_counters_have_room(void)
{
	static char text[20000];
	size_t used = (size_t)snprintf(text, sizeof text, "TcpExt:");

	for (int i = 0; i < 1000; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, " N%d", i);
	used += (size_t)snprintf(text + used, sizeof text - used, "\nTcpExt:");
	for (int i = 0; i < 1000; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, " %d", 2 * i);
	read_text(text);
	CHECK_EQ(counters.count, 1000);
	CHECK_EQ(value("TcpExtN999"), 1998);
	/* from the right place, a wrong one, and one that is none */
	CHECK_EQ(counters_value(&counters, "TcpExtN5", 5), 10);
	CHECK_EQ(counters_value(&counters, "TcpExtN5", 7), 10);
	CHECK_EQ(counters_value(&counters, "TcpExtN5", 5000), 10);
	CHECK_EQ(counters_value(&counters, "TcpExtN5000", 0), 0);
	CHECK_EQ(counters_value(NULL, "TcpExtN5", 0), 0);
}

static void names_may_be_short_and_in_either_case(void)
{
	CHECK(counter_is("TcpExtTW", "TcpExtTW"));
	CHECK(counter_is("TcpExtTW", "tw"));
	CHECK(counter_is("TcpActiveOpens", "ActiveOpens"));
	CHECK(counter_is("TcpActiveOpens", "TCPACTIVEOPENS"));
	CHECK(counter_is("TcpExtTCPTimeWaitOverflow", "TCPTimeWaitOverflow"));
	CHECK(counter_is("IpInReceives", "ipinreceives"));
	CHECK(!counter_is("IpInReceives", "InReceives"));
	CHECK(!counter_is("TcpExtTW", "ExtTW"));
	CHECK(!counter_is("TcpExtTWKilled", "TW"));
	CHECK(!counter_is("TcpExtTW", ""));
}

static void those_that_matter_are_explained(void)
{
	static const char *const names[] = {"TcpExtTW", "TcpExtTWRecycled", "TcpExtTWKilled",
		"TcpExtTCPTimeWaitOverflow", "TcpExtPAWSEstab", "TcpExtTCPChallengeACK",
		"TcpExtTCPAbortOnClose", "TcpOutRsts", "TcpEstabResets"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		unit_about = names[i];
		CHECK(counter_gloss(names[i]) != NULL);
	}
	unit_about = "";
	CHECK(!counter_gloss("TcpInSegs"));
	/* short enough for a table of 100 columns */
	for (size_t i = 0; (unit_about = counter_explained(i)); i++)
		CHECK(strlen(counter_gloss(unit_about)) <= 55);
	unit_about = "";
}

int main(void)
{
	RUN(pairs_of_lines_are_names_and_values);
	RUN(several_texts_add_up);
	RUN(what_does_not_belong_together_is_left_out);
	RUN(long_names_are_cut);
	RUN(many_counters_have_room);
	RUN(names_may_be_short_and_in_either_case);
	RUN(those_that_matter_are_explained);
	counters_free(&counters);
	return unit_end();
}
