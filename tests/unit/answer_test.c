/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * answer_test.c - which answers are right: states, numbers with and without a
 * unit, all else as text.
 */
#include "../../cli/answer.h"

#include "unit.h"

static const struct {
	const char *given, *wanted;
	bool right;
} rows[] = {
	/* states, however they are written */
	{"FIN-WAIT-1", "FIN-WAIT-1", true},
	{"fin_wait1", "FIN-WAIT-1", true},
	{"fin wait 1", "FIN-WAIT-1", true},
	{"finwait1", "FIN-WAIT-1", true},
	{"established", "ESTAB", true},
	{" time-wait. ", "TIME-WAIT", true},
	{"FIN-WAIT-2", "FIN-WAIT-1", false},
	{"CLOSED", "CLOSING", false},
	/* numbers */
	{"4", "4", true},
	{"4.0", "4", true},
	{"04", "4", true},
	{"+4", "4", true},
	{"5", "4", false},
	{"-1", "1", false},
	{"-1", "-1", true},
	{"four", "4", false},
	{"40", "4", false},
	{"0", "0", true},
	/* with a unit */
	{"60s", "60 s", true},
	{"60 S", "60s", true},
	{"1min", "60 s", true},
	{"1 minute", "60s", true},
	{"60 seconds.", "1 min", true},
	{"60000 ms", "60 s", true},
	{"0.2 s", "200ms", true},
	{"200000us", "200 ms", true},
	{"2 h", "120 min", true},
	{"60", "60 s", false},
	{"60 s", "60", false},
	{"61 s", "60 s", false},
	{"60 m", "60 s", false},
	{"60 bananas", "60", false},
	/* text */
	{"client", "client", true},
	{"The Client.", "client", true},
	{"the", "the", true},
	{"  its   program ", "its program", true},
	{"SYN ACK", "syn-ack", true},
	{"one-minute", "one minute", true},
	{"server", "client", false},
	{"client and server", "client", false},
	{"clien", "client", false},
	{"", "client", false},
	{" . ", "client", false},
	{"ECONNRESET", "econnreset", true},
	{"2 MSL", "2msl", true},
	{"2 MSL", "2", false},
	{"größer", "größer", true},
};

static void answers_are_right_or_not(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		unit_about = rows[i].given;
		CHECK_EQ(answer_matches(rows[i].given, rows[i].wanted), rows[i].right);
	}
}

int main(void)
{
	RUN(answers_are_right_or_not);
	return unit_end();
}
