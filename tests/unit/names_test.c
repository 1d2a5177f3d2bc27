/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * names_test.c - the names of states, timers, fates and errno values.
 */
#include "../../netlab/names.h"

#include <errno.h>

#include "unit.h"

static const char *const states[TCP_STATES] = {
	"CLOSED", "LISTEN", "SYN-SENT", "SYN-RECV", "ESTAB", "FIN-WAIT-1", "FIN-WAIT-2",
	"CLOSING", "TIME-WAIT", "CLOSE-WAIT", "LAST-ACK",
};

static void states_have_the_names_of_ss(void)
{
	for (int i = 0; i < TCP_STATES; i++) {
		CHECK_STR(state_name((enum tcp_state)i), states[i]);
		CHECK_EQ(state_find(states[i]), i);
	}
}

static void any_value_has_a_name(void)
{
	for (int i = -2; i < 20; i++) {
		CHECK(state_name((enum tcp_state)i) != NULL);
		CHECK(timer_name((enum tcp_timer)i) != NULL);
		CHECK(fate_name((enum fate)i) != NULL);
	}
	CHECK_STR(state_name((enum tcp_state)TCP_STATES), "?");
	CHECK_STR(timer_name((enum tcp_timer)TCP_TIMERS), "other");
	CHECK_STR(fate_name((enum fate)FATES), "?");
}

static void timers_and_fates_have_their_names(void)
{
	CHECK_STR(timer_name(TIMER_NONE), "");
	CHECK_STR(timer_name(TIMER_RETRANSMIT), "on");
	CHECK_STR(timer_name(TIMER_KEEPALIVE), "keepalive");
	CHECK_STR(timer_name(TIMER_TIMEWAIT), "timewait");
	CHECK_STR(timer_name(TIMER_PERSIST), "persist");
	CHECK_STR(timer_name(TIMER_OTHER), "other");
	CHECK_STR(fate_name(FATE_PASSING), "passing");
	CHECK_STR(fate_name(FATE_HELD), "held");
	CHECK_STR(fate_name(FATE_DELIVERED), "delivered");
	CHECK_STR(fate_name(FATE_DROPPED), "dropped");
	CHECK_STR(fate_name(FATE_LOST), "lost");
	CHECK_STR(fate_name(FATE_ABSORBED), "absorbed");
	CHECK_STR(fate_name(FATE_LATE), "late");
}

static void states_are_found_however_they_are_written(void)
{
	CHECK_EQ(state_find("fin-wait-1"), STATE_FIN_WAIT_1);
	CHECK_EQ(state_find("FIN_WAIT1"), STATE_FIN_WAIT_1);
	CHECK_EQ(state_find("Fin_Wait_2"), STATE_FIN_WAIT_2);
	CHECK_EQ(state_find("TIMEWAIT"), STATE_TIME_WAIT);
	CHECK_EQ(state_find("time_wait"), STATE_TIME_WAIT);
	CHECK_EQ(state_find("established"), STATE_ESTAB);
	CHECK_EQ(state_find("SYN_RECEIVED"), STATE_SYN_RECV);
}

static void what_is_no_state_is_not_found(void)
{
	static const char *const wrong[] = {
		"", "-", "ESTA", "ESTABL", "FIN-WAIT", "FIN-WAIT-3", "FIN--WAIT-1", "-CLOSED",
		"CLOSED-", "CLOSED ", "?", "E-STAB", "CLOS\xc3\xa9",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		unit_about = wrong[i];
		CHECK_EQ(state_find(wrong[i]), -1);
	}
}

static void errno_values_have_their_names(void)
{
	CHECK_STR(errno_name(ECONNREFUSED), "ECONNREFUSED");
	CHECK_STR(errno_name(EADDRINUSE), "EADDRINUSE");
	CHECK_STR(errno_name(EADDRNOTAVAIL), "EADDRNOTAVAIL");
	CHECK_STR(errno_name(ECONNRESET), "ECONNRESET");
	CHECK_STR(errno_name(EAGAIN), "EAGAIN");
	CHECK_STR(errno_name(EOPNOTSUPP), "EOPNOTSUPP");
}

static void an_unknown_errno_is_a_number(void)
{
	CHECK_STR(errno_name(4000), "4000");
	CHECK_STR(errno_name(0), "0");
	CHECK_STR(errno_name(-7), "-7");
}

static void errno_names_are_found(void)
{
	CHECK_EQ(errno_find("ECONNREFUSED"), ECONNREFUSED);
	CHECK_EQ(errno_find("etimedout"), ETIMEDOUT);
	CHECK_EQ(errno_find("EPERM"), 1);
	CHECK_EQ(errno_find("EWOULDBLOCK"), EAGAIN);
	CHECK_EQ(errno_find("EOPNOTSUPP"), EOPNOTSUPP);
	CHECK_EQ(errno_find("ENOTSUP"), EOPNOTSUPP);
	CHECK_EQ(errno_find("ECONN"), -1);
	CHECK_EQ(errno_find(""), -1);
	CHECK_EQ(errno_find("0"), -1);
}

static void the_nearest_name_is_offered(void)
{
	static const char *const names[] = {
		"topology", "listen", "connect", "send", "recv", "close", "step", "ss", "stop",
		"segments", NULL,
	};

	CHECK_STR(name_nearest("lisen", names), "listen");
	CHECK_STR(name_nearest("conect", names), "connect");
	CHECK_STR(name_nearest("CLOSE", names), "close");
	CHECK_STR(name_nearest("colse", names), "close");
	CHECK_STR(name_nearest("sgements", names), "segments");
	CHECK_STR(name_nearest("topplgy", names), "topology");
	CHECK_STR(name_nearest("stp", names), "step");
	CHECK_STR(name_nearest("stopp", names), "stop");
	CHECK_STR(name_nearest("connection", names), "connect");
}

static void swapped_letters_are_one_edit(void)
{
	static const char *const names[] = {"stop", "step", NULL};

	CHECK_STR(name_nearest("setp", names), "step");
}

static void nothing_is_offered_for_what_is_far_from_all(void)
{
	static const char *const names[] = {"listen", "ss", "close", NULL};
	static const char *const none[] = {NULL};
	char endless[5000];

	memset(endless, 'l', sizeof(endless) - 1);
	endless[sizeof(endless) - 1] = '\0';
	CHECK_STR(name_nearest("banana", names), NULL);
	CHECK_STR(name_nearest("", names), NULL);
	CHECK_STR(name_nearest("x", names), NULL);
	CHECK_STR(name_nearest("xy", names), NULL);
	CHECK_STR(name_nearest(endless, names), NULL);
	CHECK_STR(name_nearest("close", none), NULL);
}

int main(void)
{
	RUN(states_have_the_names_of_ss);
	RUN(any_value_has_a_name);
	RUN(timers_and_fates_have_their_names);
	RUN(states_are_found_however_they_are_written);
	RUN(what_is_no_state_is_not_found);
	RUN(errno_values_have_their_names);
	RUN(an_unknown_errno_is_a_number);
	RUN(errno_names_are_found);
	RUN(the_nearest_name_is_offered);
	RUN(swapped_letters_are_one_edit);
	RUN(nothing_is_offered_for_what_is_far_from_all);
	return unit_end();
}
