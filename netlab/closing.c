/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "closing.h"

#include <assert.h>

#define OPEN	"RFC 9293 3.10.1"
#define CLOSE	"RFC 9293 3.10.4"
#define ABORT	"RFC 9293 3.10.5"
#define LISTENS "RFC 9293 3.10.7.2"
#define SYNSENT "RFC 9293 3.10.7.3"
#define ARRIVES "RFC 9293 3.10.7.4"
#define NOBODY	"RFC 9293 3.10.7.1"
#define TIMEOUT "RFC 9293 3.10.8"

/* clang-format off */
const struct closing_rule closing_rules[] = {
	/* opening */
	{STATE_CLOSED, ON_LISTEN, STATE_LISTEN, "passive open: it waits for anybody's SYN", OPEN},
	{STATE_CLOSED, ON_CONNECT, STATE_SYN_SENT, "active open: it sends SYN and waits for SYN-ACK", OPEN},
	{STATE_CLOSED, ON_SYN, STATE_SYN_RECV, "a listener got SYN: it answers SYN-ACK and waits for the ACK", LISTENS},
	{STATE_SYN_SENT, ON_SYN_ACK, STATE_ESTAB, "its SYN is ACKed and the peer's SYN is here: open, it sends ACK", SYNSENT},
	{STATE_SYN_SENT, ON_SYN, STATE_SYN_RECV, "both opened at once: it answers SYN-ACK", SYNSENT},
	{STATE_SYN_SENT, ON_RST, STATE_CLOSED, "refused: nobody listens on that port", SYNSENT},
	{STATE_SYN_SENT, ON_CLOSE, STATE_CLOSED, "closed before it was open: nothing to send", CLOSE},
	{STATE_SYN_SENT, ON_TIMER, STATE_CLOSED, "no answer to any of its SYNs: it gives up", TIMEOUT},
	{STATE_SYN_SENT, ON_DEATH, STATE_CLOSED, "its process ended before it was open: nothing to send", CLOSE},
	{STATE_SYN_RECV, ON_ACK_OF_SYN, STATE_ESTAB, "its SYN is ACKed: open on both sides", ARRIVES},
	{STATE_SYN_RECV, ON_RST, STATE_CLOSED, "the peer took its SYN back", ARRIVES},
	{STATE_SYN_RECV, ON_TIMER, STATE_CLOSED, "no ACK of its SYN-ACK came, or its listener is gone: it gives up", TIMEOUT},

	/* the side that closes first */
	{STATE_ESTAB, ON_CLOSE, STATE_FIN_WAIT_1, "active close: it sends FIN and waits for its ACK", CLOSE},
	{STATE_ESTAB, ON_SHUTDOWN, STATE_FIN_WAIT_1, "half close: it sends FIN, and can still receive", CLOSE},
	{STATE_ESTAB, ON_DEATH, STATE_FIN_WAIT_1, "its process ended: the kernel closes for it and sends FIN", CLOSE},
	{STATE_ESTAB, ON_SENT_FIN, STATE_FIN_WAIT_1, "active close: it sent FIN and waits for its ACK", CLOSE},
	{STATE_FIN_WAIT_1, ON_ACK_OF_FIN, STATE_FIN_WAIT_2, "its FIN is ACKed: it waits for the peer's FIN", ARRIVES},
	{STATE_FIN_WAIT_1, ON_FIN, STATE_CLOSING, "both closed at once: it ACKs the peer's FIN, its own is still unACKed", ARRIVES},
	{STATE_FIN_WAIT_2, ON_FIN, STATE_TIME_WAIT, "both FINs are in: it sends the last ACK and waits 2 MSL, in case that ACK is lost", ARRIVES},
	{STATE_CLOSING, ON_ACK_OF_FIN, STATE_TIME_WAIT, "its FIN is ACKed, too: it waits 2 MSL", ARRIVES},
	{STATE_TIME_WAIT, ON_TIMER, STATE_CLOSED, "2 MSL are over (60 s on Linux): the address pair is free again", TIMEOUT},

	/* no room for a time-wait minisocket: net/ipv4/tcp_minisocks.c, tcp_time_wait() */
	{STATE_FIN_WAIT_2, ON_NO_MINISOCK, STATE_CLOSED, "tcp_max_tw_buckets leaves no room for it: it is gone at once, and nobody waits", "tcp(7), RFC 9293 3.6.1"},
	{STATE_CLOSING, ON_NO_MINISOCK, STATE_CLOSED, "tcp_max_tw_buckets leaves no room for it: it is gone at once, and nobody waits", "tcp(7), RFC 9293 3.6.1"},

	/* the side that closes second */
	{STATE_ESTAB, ON_FIN, STATE_CLOSE_WAIT, "its peer sends no more; its application has yet to close", ARRIVES},
	{STATE_CLOSE_WAIT, ON_CLOSE, STATE_LAST_ACK, "passive close: it sends its own FIN and waits for the last ACK", CLOSE},
	{STATE_CLOSE_WAIT, ON_SHUTDOWN, STATE_LAST_ACK, "it has no more to send either: FIN, and it waits for the last ACK", CLOSE},
	{STATE_CLOSE_WAIT, ON_DEATH, STATE_LAST_ACK, "its process ended: the kernel closes for it and sends FIN", CLOSE},
	{STATE_CLOSE_WAIT, ON_SENT_FIN, STATE_LAST_ACK, "it sent its own FIN and waits for the last ACK", CLOSE},
	{STATE_LAST_ACK, ON_ACK_OF_FIN, STATE_CLOSED, "its FIN is ACKed: the last ACK is in, nothing is left to wait for", ARRIVES},

	/* the lost last ACK, and what else a segment may meet */
	{STATE_TIME_WAIT, ON_FIN, STATE_TIME_WAIT, "the peer's FIN again, so the last ACK did not arrive: it is ACKed again, and 2 MSL start anew", ARRIVES},
	{STATE_CLOSING, ON_FIN, STATE_CLOSING, "the peer's FIN again: ACKed again", ARRIVES},
	{STATE_CLOSE_WAIT, ON_FIN, STATE_CLOSE_WAIT, "the peer's FIN again, so its ACK did not arrive: ACKed again", ARRIVES},
	{STATE_LAST_ACK, ON_FIN, STATE_LAST_ACK, "the peer's FIN again: ACKed again", ARRIVES},
	{STATE_TIME_WAIT, ON_ACK, STATE_TIME_WAIT, "nothing that it waits for: no answer, and a bare ACK in order starts 2 MSL anew", ARRIVES},
	{STATE_TIME_WAIT, ON_ACK_OF_FIN, STATE_TIME_WAIT, "its FIN was ACKed before: it stays", ARRIVES},
	{STATE_TIME_WAIT, ON_DATA, STATE_TIME_WAIT, "an old segment: answered with an ACK, its data is not taken", ARRIVES},
	{STATE_FIN_WAIT_1, ON_ACK, STATE_FIN_WAIT_1, "this ACK does not cover its FIN yet", ARRIVES},
	{STATE_FIN_WAIT_1, ON_DATA, STATE_FIN_WAIT_1, "it still receives, until the peer's FIN", ARRIVES},
	{STATE_FIN_WAIT_2, ON_DATA, STATE_FIN_WAIT_2, "it still receives, until the peer's FIN", ARRIVES},
	{STATE_FIN_WAIT_2, ON_ACK, STATE_FIN_WAIT_2, "nothing new: it waits for the peer's FIN", ARRIVES},
	{STATE_FIN_WAIT_2, ON_ACK_OF_FIN, STATE_FIN_WAIT_2, "its FIN was ACKed before: it waits for the peer's FIN", ARRIVES},
	{STATE_CLOSING, ON_ACK, STATE_CLOSING, "this ACK does not cover its FIN yet", ARRIVES},
	{STATE_LAST_ACK, ON_ACK, STATE_LAST_ACK, "this ACK does not cover its FIN yet", ARRIVES},
	{STATE_CLOSE_WAIT, ON_ACK, STATE_CLOSE_WAIT, "its data is ACKed; its application has yet to close", ARRIVES},
	{STATE_ESTAB, ON_SYN_ACK, STATE_ESTAB, "the peer's SYN-ACK again, so its ACK did not arrive: ACKed again", ARRIVES},
	{STATE_ESTAB, ON_BEYOND, STATE_ESTAB, "there is a gap before this segment: it is kept aside, the ACK names the gap", ARRIVES},
	{STATE_FIN_WAIT_1, ON_BEYOND, STATE_FIN_WAIT_1, "there is a gap before this segment: it is kept aside, the ACK names the gap", ARRIVES},
	{STATE_FIN_WAIT_2, ON_BEYOND, STATE_FIN_WAIT_2, "there is a gap before this segment: it is kept aside, the ACK names the gap", ARRIVES},
	{STATE_ESTAB, ON_OLD, STATE_ESTAB, "it had that already: ACKed again, not taken twice", ARRIVES},
	{STATE_FIN_WAIT_1, ON_OLD, STATE_FIN_WAIT_1, "it had that already: ACKed again, not taken twice", ARRIVES},
	{STATE_FIN_WAIT_2, ON_OLD, STATE_FIN_WAIT_2, "it had that already: ACKed again, not taken twice", ARRIVES},
	{STATE_CLOSE_WAIT, ON_OLD, STATE_CLOSE_WAIT, "it had that already: ACKed again, not taken twice", ARRIVES},
	{STATE_CLOSING, ON_OLD, STATE_CLOSING, "it had that already: ACKed again, not taken twice", ARRIVES},
	{STATE_LAST_ACK, ON_OLD, STATE_LAST_ACK, "it had that already: ACKed again, not taken twice", ARRIVES},
	{STATE_TIME_WAIT, ON_OLD, STATE_TIME_WAIT, "it had that already: ACKed again, and 2 MSL start anew", ARRIVES},
	{STATE_ESTAB, ON_ACK, STATE_ESTAB, "its data is ACKed", ARRIVES},
	{STATE_ESTAB, ON_DATA, STATE_ESTAB, "data for its application", ARRIVES},
	{STATE_CLOSED, ON_FIN, STATE_CLOSED, "nobody knows this connection any more: an RST goes back", NOBODY},
	{STATE_CLOSED, ON_DATA, STATE_CLOSED, "nobody knows this connection any more: an RST goes back", NOBODY},
	{STATE_CLOSED, ON_ACK, STATE_CLOSED, "nobody knows this connection any more: an RST goes back", NOBODY},
	{STATE_CLOSED, ON_ACK_OF_FIN, STATE_CLOSED, "nobody knows this connection any more: an RST goes back", NOBODY},
	{STATE_CLOSED, ON_SYN_ACK, STATE_CLOSED, "nobody asked for this connection: an RST goes back", NOBODY},
	{STATE_CLOSED, ON_RST, STATE_CLOSED, "an RST for nobody: ignored", NOBODY},

	/* strays */
	{STATE_ESTAB, ON_STALE, STATE_ESTAB, "an old duplicate, its timestamp is older than the newest: not taken (PAWS), an ACK goes back", "RFC 7323 5.3"},
	{STATE_FIN_WAIT_1, ON_STALE, STATE_FIN_WAIT_1, "an old duplicate, its timestamp is older than the newest: not taken (PAWS), an ACK goes back", "RFC 7323 5.3"},
	{STATE_FIN_WAIT_2, ON_STALE, STATE_FIN_WAIT_2, "an old duplicate, its timestamp is older than the newest: not taken (PAWS), an ACK goes back", "RFC 7323 5.3"},
	{STATE_CLOSE_WAIT, ON_STALE, STATE_CLOSE_WAIT, "an old duplicate, its timestamp is older than the newest: not taken (PAWS), an ACK goes back", "RFC 7323 5.3"},
	{STATE_CLOSING, ON_STALE, STATE_CLOSING, "an old duplicate, its timestamp is older than the newest: not taken (PAWS), an ACK goes back", "RFC 7323 5.3"},
	{STATE_LAST_ACK, ON_STALE, STATE_LAST_ACK, "an old duplicate, its timestamp is older than the newest: not taken (PAWS), an ACK goes back", "RFC 7323 5.3"},
	{STATE_TIME_WAIT, ON_STALE, STATE_TIME_WAIT, "an old duplicate, its timestamp is older than the newest: an ACK goes back, and 2 MSL start anew", "RFC 7323 5.3"},
	{STATE_ESTAB, ON_OUTSIDE, STATE_ESTAB, "its numbers are outside of what may come now: not taken, an ACK goes back", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_FIN_WAIT_1, ON_OUTSIDE, STATE_FIN_WAIT_1, "its numbers are outside of what may come now: not taken, an ACK goes back", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_FIN_WAIT_2, ON_OUTSIDE, STATE_FIN_WAIT_2, "its numbers are outside of what may come now: not taken, an ACK goes back", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_CLOSE_WAIT, ON_OUTSIDE, STATE_CLOSE_WAIT, "its numbers are outside of what may come now: not taken, an ACK goes back", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_CLOSING, ON_OUTSIDE, STATE_CLOSING, "its numbers are outside of what may come now: not taken, an ACK goes back", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_LAST_ACK, ON_OUTSIDE, STATE_LAST_ACK, "its numbers are outside of what may come now: not taken, an ACK goes back", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_TIME_WAIT, ON_OUTSIDE, STATE_TIME_WAIT, "its numbers are not those that come next: an ACK goes back, and 2 MSL start anew", ARRIVES},
	{STATE_ESTAB, ON_UNSENT, STATE_ESTAB, "it ACKs what was never sent: not taken, an ACK goes back", ARRIVES},
	{STATE_FIN_WAIT_1, ON_UNSENT, STATE_FIN_WAIT_1, "it ACKs what was never sent: not taken, an ACK goes back", ARRIVES},
	{STATE_FIN_WAIT_2, ON_UNSENT, STATE_FIN_WAIT_2, "it ACKs what was never sent: not taken, an ACK goes back", ARRIVES},
	{STATE_CLOSE_WAIT, ON_UNSENT, STATE_CLOSE_WAIT, "it ACKs what was never sent: not taken, an ACK goes back", ARRIVES},
	{STATE_CLOSING, ON_UNSENT, STATE_CLOSING, "it ACKs what was never sent: not taken, an ACK goes back", ARRIVES},
	{STATE_LAST_ACK, ON_UNSENT, STATE_LAST_ACK, "it ACKs what was never sent: not taken, an ACK goes back", ARRIVES},
	{STATE_ESTAB, ON_REFUSED, STATE_ESTAB, "not taken: its kernel found a number or a timestamp in it that cannot be", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_FIN_WAIT_1, ON_REFUSED, STATE_FIN_WAIT_1, "not taken: its kernel found a number or a timestamp in it that cannot be", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_FIN_WAIT_2, ON_REFUSED, STATE_FIN_WAIT_2, "not taken: its kernel found a number or a timestamp in it that cannot be", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_CLOSE_WAIT, ON_REFUSED, STATE_CLOSE_WAIT, "not taken: its kernel found a number or a timestamp in it that cannot be", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_CLOSING, ON_REFUSED, STATE_CLOSING, "not taken: its kernel found a number or a timestamp in it that cannot be", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_LAST_ACK, ON_REFUSED, STATE_LAST_ACK, "not taken: its kernel found a number or a timestamp in it that cannot be", "RFC 9293 3.10.7.4, RFC 5961"},
	{STATE_ESTAB, ON_SYN_INSIDE, STATE_ESTAB, "a SYN within a connection: not taken, a challenge ACK goes back", "RFC 5961 4.2"},
	{STATE_FIN_WAIT_1, ON_SYN_INSIDE, STATE_FIN_WAIT_1, "a SYN within a connection: not taken, a challenge ACK goes back", "RFC 5961 4.2"},
	{STATE_FIN_WAIT_2, ON_SYN_INSIDE, STATE_FIN_WAIT_2, "a SYN within a connection: not taken, a challenge ACK goes back", "RFC 5961 4.2"},
	{STATE_CLOSE_WAIT, ON_SYN_INSIDE, STATE_CLOSE_WAIT, "a SYN within a connection: not taken, a challenge ACK goes back", "RFC 5961 4.2"},
	{STATE_CLOSING, ON_SYN_INSIDE, STATE_CLOSING, "a SYN within a connection: not taken, a challenge ACK goes back", "RFC 5961 4.2"},
	{STATE_LAST_ACK, ON_SYN_INSIDE, STATE_LAST_ACK, "a SYN within a connection: not taken, a challenge ACK goes back", "RFC 5961 4.2"},
	{STATE_TIME_WAIT, ON_SYN_INSIDE, STATE_TIME_WAIT, "a SYN that may be an old one: it opens nothing, an ACK goes back", "RFC 9293 3.10.7.4, RFC 6191"},
	{STATE_ESTAB, ON_RST_NEAR, STATE_ESTAB, "an RST in the window, but not just what comes next: ignored, a challenge ACK goes back", "RFC 5961 3.2"},
	{STATE_FIN_WAIT_1, ON_RST_NEAR, STATE_FIN_WAIT_1, "an RST in the window, but not just what comes next: ignored, a challenge ACK goes back", "RFC 5961 3.2"},
	{STATE_FIN_WAIT_2, ON_RST_NEAR, STATE_FIN_WAIT_2, "an RST in the window, but not just what comes next: ignored, a challenge ACK goes back", "RFC 5961 3.2"},
	{STATE_CLOSE_WAIT, ON_RST_NEAR, STATE_CLOSE_WAIT, "an RST in the window, but not just what comes next: ignored, a challenge ACK goes back", "RFC 5961 3.2"},
	{STATE_CLOSING, ON_RST_NEAR, STATE_CLOSING, "an RST in the window, but not just what comes next: ignored, a challenge ACK goes back", "RFC 5961 3.2"},
	{STATE_LAST_ACK, ON_RST_NEAR, STATE_LAST_ACK, "an RST in the window, but not just what comes next: ignored, a challenge ACK goes back", "RFC 5961 3.2"},
	{STATE_ESTAB, ON_RST_FAR, STATE_ESTAB, "an RST that is not just what comes next, or too old: ignored", "RFC 5961 3.2"},
	{STATE_FIN_WAIT_1, ON_RST_FAR, STATE_FIN_WAIT_1, "an RST that is not just what comes next, or too old: ignored", "RFC 5961 3.2"},
	{STATE_FIN_WAIT_2, ON_RST_FAR, STATE_FIN_WAIT_2, "an RST that is not just what comes next, or too old: ignored", "RFC 5961 3.2"},
	{STATE_CLOSE_WAIT, ON_RST_FAR, STATE_CLOSE_WAIT, "an RST that is not just what comes next, or too old: ignored", "RFC 5961 3.2"},
	{STATE_CLOSING, ON_RST_FAR, STATE_CLOSING, "an RST that is not just what comes next, or too old: ignored", "RFC 5961 3.2"},
	{STATE_LAST_ACK, ON_RST_FAR, STATE_LAST_ACK, "an RST that is not just what comes next, or too old: ignored", "RFC 5961 3.2"},
	{STATE_TIME_WAIT, ON_RST_FAR, STATE_TIME_WAIT, "an RST that is not just what comes next, or too old: ignored", "RFC 1337"},
	{STATE_TIME_WAIT, ON_RST_REFUSED, STATE_TIME_WAIT, "an RST that could end TIME-WAIT does not: tcp_rfc1337 is on", "RFC 1337 3"},
	{STATE_ESTAB, ON_RST_REFUSED, STATE_ESTAB, "not taken: its kernel found a number in it that cannot be", "RFC 5961 3.2"},
	{STATE_FIN_WAIT_1, ON_RST_REFUSED, STATE_FIN_WAIT_1, "not taken: its kernel found a number in it that cannot be", "RFC 5961 3.2"},
	{STATE_FIN_WAIT_2, ON_RST_REFUSED, STATE_FIN_WAIT_2, "not taken: its kernel found a number in it that cannot be", "RFC 5961 3.2"},
	{STATE_CLOSE_WAIT, ON_RST_REFUSED, STATE_CLOSE_WAIT, "not taken: its kernel found a number in it that cannot be", "RFC 5961 3.2"},
	{STATE_CLOSING, ON_RST_REFUSED, STATE_CLOSING, "not taken: its kernel found a number in it that cannot be", "RFC 5961 3.2"},
	{STATE_LAST_ACK, ON_RST_REFUSED, STATE_LAST_ACK, "not taken: its kernel found a number in it that cannot be", "RFC 5961 3.2"},

	/* the hard ways out */
	{STATE_ESTAB, ON_CLOSE_UNREAD, STATE_CLOSED, "close() with data unread: that data is lost, so the peer gets RST, not FIN", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_CLOSE_WAIT, ON_CLOSE_UNREAD, STATE_CLOSED, "close() with data unread: that data is lost, so the peer gets RST, not FIN", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_ESTAB, ON_DEATH_UNREAD, STATE_CLOSED, "its process ended with data unread: the kernel sends RST, not FIN", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_CLOSE_WAIT, ON_DEATH_UNREAD, STATE_CLOSED, "its process ended with data unread: the kernel sends RST, not FIN", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_FIN_WAIT_1, ON_CLOSE_UNREAD, STATE_CLOSED, "close() with data unread: that data is lost, so the peer gets RST", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_FIN_WAIT_1, ON_DEATH_UNREAD, STATE_CLOSED, "its process ended with data unread: the kernel sends RST", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_FIN_WAIT_2, ON_CLOSE_UNREAD, STATE_CLOSED, "close() with data unread: that data is lost, so the peer gets RST", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_FIN_WAIT_2, ON_DEATH_UNREAD, STATE_CLOSED, "its process ended with data unread: the kernel sends RST", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_CLOSING, ON_CLOSE_UNREAD, STATE_CLOSED, "close() with data unread: that data is lost, so the peer gets RST", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_CLOSING, ON_DEATH_UNREAD, STATE_CLOSED, "its process ended with data unread: the kernel sends RST", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_LAST_ACK, ON_CLOSE_UNREAD, STATE_CLOSED, "close() with data unread: that data is lost, so the peer gets RST", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_LAST_ACK, ON_DEATH_UNREAD, STATE_CLOSED, "its process ended with data unread: the kernel sends RST", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_ESTAB, ON_ABORT, STATE_CLOSED, "abort (SO_LINGER 0): RST at once, no TIME-WAIT", ABORT},
	{STATE_CLOSE_WAIT, ON_ABORT, STATE_CLOSED, "abort (SO_LINGER 0): RST at once", ABORT},
	{STATE_FIN_WAIT_1, ON_ABORT, STATE_CLOSED, "abort (SO_LINGER 0): RST at once, no TIME-WAIT", ABORT},
	{STATE_FIN_WAIT_2, ON_ABORT, STATE_CLOSED, "abort (SO_LINGER 0): RST at once, no TIME-WAIT", ABORT},
	{STATE_SYN_SENT, ON_ABORT, STATE_CLOSED, "abort before it was open: nothing to send", ABORT},
	{STATE_CLOSING, ON_ABORT, STATE_CLOSED, "abort (SO_LINGER 0)", ABORT},
	{STATE_LAST_ACK, ON_ABORT, STATE_CLOSED, "abort (SO_LINGER 0)", ABORT},
	{STATE_ESTAB, ON_RST, STATE_CLOSED, "reset by its peer: nothing more comes, and what it has not sent yet is void", ARRIVES},
	{STATE_FIN_WAIT_1, ON_RST, STATE_CLOSED, "reset by its peer: no TIME-WAIT", ARRIVES},
	{STATE_FIN_WAIT_2, ON_RST, STATE_CLOSED, "reset by its peer: no TIME-WAIT", ARRIVES},
	{STATE_CLOSE_WAIT, ON_RST, STATE_CLOSED, "reset by its peer: it can send no more", ARRIVES},
	{STATE_CLOSING, ON_RST, STATE_CLOSED, "reset by its peer", ARRIVES},
	{STATE_LAST_ACK, ON_RST, STATE_CLOSED, "reset by its peer before its FIN was ACKed: the close ends in a reset", ARRIVES},
	{STATE_TIME_WAIT, ON_RST, STATE_CLOSED, "TIME-WAIT assassination: an RST ends it before its time", "RFC 1337 2"},
	{STATE_TIME_WAIT, ON_SYN, STATE_CLOSED, "a new SYN that cannot be an old one: the address pair is used again", "RFC 9293 3.10.7.4, RFC 6191"},
	{STATE_TIME_WAIT, ON_CONNECT, STATE_CLOSED, "a new connection from the same port takes its place: timestamps tell old from new", "RFC 6191"},
	{STATE_FIN_WAIT_2, ON_CONNECT, STATE_CLOSED, "a new connection from the same port takes its place: timestamps tell old from new", "RFC 6191"},
	{STATE_ESTAB, ON_SENT_RST, STATE_CLOSED, "it sent RST and forgot the connection", ABORT},
	{STATE_CLOSE_WAIT, ON_SENT_RST, STATE_CLOSED, "it sent RST and forgot the connection", ABORT},
	{STATE_FIN_WAIT_1, ON_SENT_RST, STATE_CLOSED, "data came that nobody can read any more: it sent RST and forgot the connection", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_FIN_WAIT_2, ON_SENT_RST, STATE_CLOSED, "data came that nobody can read any more: it sent RST and forgot the connection", "RFC 9293 3.6.1, RFC 2525 2.17"},
	{STATE_FIN_WAIT_2, ON_NO_ORPHAN, STATE_CLOSED, "TCP_LINGER2 is below 0: no FIN-WAIT-2 without an owner, so it sends RST", "tcp(7)"},
	{STATE_CLOSING, ON_SENT_RST, STATE_CLOSED, "it sent RST and forgot the connection", ABORT},
	{STATE_LAST_ACK, ON_SENT_RST, STATE_CLOSED, "it sent RST and forgot the connection", ABORT},
	{STATE_LISTEN, ON_CLOSE, STATE_CLOSED, "it listens no more", CLOSE},
	{STATE_LISTEN, ON_ABORT, STATE_CLOSED, "it listens no more", CLOSE},
	{STATE_LISTEN, ON_DEATH, STATE_CLOSED, "its process ended: it listens no more", CLOSE},

	/* ICMP errors: net/ipv4/tcp_ipv4.c, tcp_v4_err() */
	{STATE_SYN_SENT, ON_ICMP, STATE_CLOSED, "ICMP says that its SYN goes nowhere: not open yet, it gives up at once", "RFC 5461"},
	{STATE_SYN_SENT, ON_ICMP_NOTED, STATE_SYN_SENT, "ICMP says that its SYN goes nowhere, but connect() is still at work: it only takes note", "RFC 5461"},
	{STATE_SYN_RECV, ON_ICMP, STATE_CLOSED, "ICMP says that its SYN-ACK goes nowhere: half open, it is dropped in silence", "RFC 5461"},
	{STATE_SYN_RECV, ON_ICMP_NOTED, STATE_SYN_RECV, "ICMP says that its SYN-ACK goes nowhere: it only takes note", "RFC 9293 3.9.2.2"},
	{STATE_ESTAB, ON_ICMP, STATE_ESTAB, "ICMP says that it goes nowhere: no reason to give up, it only takes note", "RFC 9293 3.9.2.2"},
	{STATE_FIN_WAIT_1, ON_ICMP, STATE_FIN_WAIT_1, "ICMP says that it goes nowhere: no reason to give up, it only takes note", "RFC 9293 3.9.2.2"},
	{STATE_FIN_WAIT_2, ON_ICMP, STATE_FIN_WAIT_2, "ICMP says that it goes nowhere: no reason to give up, it only takes note", "RFC 9293 3.9.2.2"},
	{STATE_CLOSING, ON_ICMP, STATE_CLOSING, "ICMP says that it goes nowhere: no reason to give up, it only takes note", "RFC 9293 3.9.2.2"},
	{STATE_CLOSE_WAIT, ON_ICMP, STATE_CLOSE_WAIT, "ICMP says that it goes nowhere: no reason to give up, it only takes note", "RFC 9293 3.9.2.2"},
	{STATE_LAST_ACK, ON_ICMP, STATE_LAST_ACK, "ICMP says that it goes nowhere: no reason to give up, it only takes note", "RFC 9293 3.9.2.2"},
	{STATE_ESTAB, ON_TOO_BIG, STATE_ESTAB, "too big for a link on its way: it sends the same in smaller segments", "RFC 1191, RFC 8201"},
	{STATE_FIN_WAIT_1, ON_TOO_BIG, STATE_FIN_WAIT_1, "too big for a link on its way: it sends the same in smaller segments", "RFC 1191, RFC 8201"},
	{STATE_CLOSING, ON_TOO_BIG, STATE_CLOSING, "too big for a link on its way: it sends the same in smaller segments", "RFC 1191, RFC 8201"},
	{STATE_CLOSE_WAIT, ON_TOO_BIG, STATE_CLOSE_WAIT, "too big for a link on its way: it sends the same in smaller segments", "RFC 1191, RFC 8201"},
	{STATE_LAST_ACK, ON_TOO_BIG, STATE_LAST_ACK, "too big for a link on its way: it sends the same in smaller segments", "RFC 1191, RFC 8201"},

	/* giving up */
	{STATE_ESTAB, ON_TIMER, STATE_CLOSED, "no ACK for all its retransmissions or probes: it gives up", TIMEOUT},
	{STATE_CLOSE_WAIT, ON_TIMER, STATE_CLOSED, "no ACK for all its retransmissions or probes: it gives up", TIMEOUT},
	{STATE_FIN_WAIT_1, ON_TIMER, STATE_CLOSED, "no ACK for all its retransmissions: the kernel gives it up", TIMEOUT},
	{STATE_CLOSING, ON_TIMER, STATE_CLOSED, "no ACK for all its retransmissions: the kernel gives it up", TIMEOUT},
	{STATE_LAST_ACK, ON_TIMER, STATE_CLOSED, "no ACK for all its retransmissions: the kernel gives it up", TIMEOUT},
	{STATE_ESTAB, ON_NO_PROBE, STATE_CLOSED, "no answer to its keepalive probes: it gives up", "RFC 9293 3.8.4"},
	{STATE_CLOSE_WAIT, ON_NO_PROBE, STATE_CLOSED, "no answer to its keepalive probes: it gives up", "RFC 9293 3.8.4"},
	{STATE_FIN_WAIT_2, ON_NO_PROBE, STATE_CLOSED, "no answer to its keepalive probes: it gives up", "RFC 9293 3.8.4"},
	{STATE_FIN_WAIT_2, ON_TIMER, STATE_CLOSED, "no FIN came within TCP_LINGER2 or tcp_fin_timeout: the kernel forgets the orphan in silence", "tcp(7), RFC 9293 3.6.1"},

	/* the lab's own doing */
	{STATE_LISTEN, ON_DESTROY, STATE_CLOSED, "destroyed by the lab, not by TCP", "sock_diag(7)"},
	{STATE_SYN_SENT, ON_DESTROY, STATE_CLOSED, "destroyed by the lab, not by TCP", "sock_diag(7)"},
	{STATE_SYN_RECV, ON_DESTROY, STATE_CLOSED, "destroyed by the lab, not by TCP", "sock_diag(7)"},
	{STATE_ESTAB, ON_DESTROY, STATE_CLOSED, "destroyed by the lab, not by TCP: RST to the peer", "sock_diag(7)"},
	{STATE_FIN_WAIT_1, ON_DESTROY, STATE_CLOSED, "destroyed by the lab, not by TCP", "sock_diag(7)"},
	{STATE_FIN_WAIT_2, ON_DESTROY, STATE_CLOSED, "destroyed by the lab, not by TCP", "sock_diag(7)"},
	{STATE_CLOSING, ON_DESTROY, STATE_CLOSED, "destroyed by the lab, not by TCP", "sock_diag(7)"},
	{STATE_TIME_WAIT, ON_DESTROY, STATE_CLOSED, "TIME-WAIT ended by force, by the lab, not by TCP", "sock_diag(7)"},
	{STATE_CLOSE_WAIT, ON_DESTROY, STATE_CLOSED, "destroyed by the lab, not by TCP: RST to the peer", "sock_diag(7)"},
	{STATE_LAST_ACK, ON_DESTROY, STATE_CLOSED, "destroyed by the lab, not by TCP", "sock_diag(7)"},
};
/* clang-format on */
const size_t closing_rule_count = sizeof closing_rules / sizeof *closing_rules;

const struct closing_rule *closing_rule(enum tcp_state state, enum stimulus on)
{
	for (size_t i = 0; i < closing_rule_count; i++)
		if (closing_rules[i].state == state && closing_rules[i].on == on)
			return &closing_rules[i];
	return NULL;
}

static const char *const names[] = {
	[ON_LISTEN] = "listen", [ON_CONNECT] = "connect", [ON_CLOSE] = "close",
	[ON_CLOSE_UNREAD] = "close with data unread", [ON_SHUTDOWN] = "shutdown",
	[ON_ABORT] = "abort", [ON_DEATH] = "its process ended",
	[ON_DEATH_UNREAD] = "its process ended with data unread", [ON_SYN] = "SYN",
	[ON_SYN_ACK] = "SYN-ACK", [ON_ACK_OF_SYN] = "ACK of its SYN",
	[ON_ACK_OF_FIN] = "ACK of its FIN", [ON_FIN] = "FIN", [ON_RST] = "RST",
	[ON_DATA] = "data", [ON_ACK] = "ACK",
	[ON_BEYOND] = "a segment beyond a gap", [ON_OLD] = "old data",
	[ON_STALE] = "a segment with an old timestamp", [ON_OUTSIDE] = "a segment outside of the window",
	[ON_UNSENT] = "an ACK of what was never sent",
	[ON_REFUSED] = "a segment that is not taken", [ON_SYN_INSIDE] = "a SYN within a connection",
	[ON_RST_NEAR] = "an RST in the window", [ON_RST_FAR] = "an RST outside of the window",
	[ON_RST_REFUSED] = "an RST that is not taken", [ON_ICMP] = "an ICMP error",
	[ON_ICMP_NOTED] = "an ICMP error that is noted", [ON_TOO_BIG] = "an ICMP error: too big",
	[ON_SENT_FIN] = "FIN sent",
	[ON_SENT_RST] = "RST sent", [ON_NO_MINISOCK] = "no room for TIME-WAIT",
	[ON_NO_ORPHAN] = "TCP_LINGER2 below 0", [ON_TIMER] = "timer", [ON_NO_PROBE] = "probes unanswered", [ON_DESTROY] = "destroy",
};
static_assert(sizeof names / sizeof *names == STIMULI, "a name for each stimulus");

const char *stimulus_name(enum stimulus on)
{
	return names[on];
}
