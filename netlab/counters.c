/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counters.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"

/* What netstat -s prints for some of them is wrong; these are from the kernel's
 * source, where each is counted. */
static const struct {
	const char *name, *gloss;
} glosses[] = {
	{"TcpActiveOpens", "connect() sent a SYN"},
	{"TcpPassiveOpens", "a listener's connections: its SYN-ACK was ACKed"},
	{"TcpAttemptFails", "SYN-SENT or SYN-RECV to CLOSED: refused, or given up"},
	{"TcpEstabResets", "ESTAB or CLOSE-WAIT to CLOSED: reset or given up"},
	{"TcpRetransSegs", "segments sent again"},
	{"TcpInErrs", "bad segments received"},
	{"TcpInCsumErrors", "segments with a wrong checksum"},
	{"TcpOutRsts", "RSTs sent"},
	{"TcpExtEmbryonicRsts", "RSTs received in SYN-RECV"},
	{"TcpExtTW", "minisocks made, TIME-WAIT or FIN-WAIT-2 (not ended)"},
	{"TcpExtTWRecycled", "TIME-WAITs whose place a new connection took"},
	{"TcpExtTWKilled", "minisocks made for 4 s or less (TCP_LINGER2)"},
	{"TcpExtTCPTimeWaitOverflow", "closed without TIME-WAIT: tcp_max_tw_buckets"},
	{"TcpExtPAWSActive", "refused in SYN-SENT by their timestamps (RFC 7323)"},
	{"TcpExtPAWSEstab", "refused: their timestamps are old (PAWS, RFC 7323 5)"},
	{"TcpExtPAWSTimewait", "refused by TIME-WAITs: their timestamps are old (PAWS)"},
	{"TcpExtPAWSOldAck", "bare ACKs passed over: old timestamps (PAWS)"},
	{"TcpExtTSEcrRejected", "ACKs of SYN-ACKs refused: they echo no timestamp sent"},
	{"TcpExtBeyondWindow", "refused: beyond the window"},
	{"TcpExtTCPChallengeACK", "challenge ACKs sent (RFC 5961)"},
	{"TcpExtTCPSYNChallenge", "SYNs on open connections: challenge ACK instead"},
	{"TcpExtTCPACKSkippedSynRecv", "ACKs not sent in SYN-RECV: tcp_invalid_ratelimit"},
	{"TcpExtTCPACKSkippedPAWS", "ACKs not sent for old timestamps: rate limit"},
	{"TcpExtTCPACKSkippedSeq", "ACKs not sent, out of window: tcp_invalid_ratelimit"},
	{"TcpExtTCPACKSkippedFinWait2", "ACKs not sent by FIN-WAIT-2 orphans: rate limit"},
	{"TcpExtTCPACKSkippedTimeWait", "ACKs not sent by TIME-WAITs: rate limit"},
	{"TcpExtTCPACKSkippedChallenge", "challenge ACKs not sent: rate limit"},
	{"TcpExtTCPAbortOnData", "RST sent: SO_LINGER 0, or data after close()"},
	{"TcpExtTCPAbortOnClose", "RST sent: close() with data unread"},
	{"TcpExtTCPAbortOnMemory", "aborted: too many orphans, or too little memory"},
	{"TcpExtTCPAbortOnTimeout", "given up: retries, probes or user timeout ran out"},
	{"TcpExtTCPAbortOnLinger", "RST sent: FIN-WAIT-2 closed, TCP_LINGER2 below 0"},
	{"TcpExtTCPTimeouts", "retransmission timeouts"},
	{"TcpExtTCPLossProbes", "tail loss probes: the last segment again, early"},
	{"TcpExtTCPSynRetrans", "SYNs and SYN-ACKs sent again"},
	{"TcpExtTCPKeepAlive", "keepalive probes sent"},
	{"TcpExtTCPDSACKOldSent", "told the peer that a segment came twice (D-SACK)"},
	{"TcpExtTCPDSACKRecv", "heard that a segment came twice (D-SACK)"},
	{"TcpExtDelayedACKs", "ACKs that the delayed-ACK timer sent"},
	{"TcpExtListenOverflows", "a listener's accept queue was full"},
	{"TcpExtListenDrops", "SYNs and ACKs that a listener dropped"},
	{"TcpExtTCPDeferAcceptDrop", "bare ACKs that TCP_DEFER_ACCEPT passed over"},
	{"TcpExtTCPOFOQueue", "segments kept aside: there was a gap before them"},
	{"TcpExtTCPWinProbe", "probes of a closed window sent"},
};

/* Limits, and a gauge. */
static const char *const no_counters[] = {"IpForwarding", "IpDefaultTTL", "TcpRtoAlgorithm", "TcpRtoMin",
	"TcpRtoMax", "TcpMaxConn", "TcpCurrEstab"};

static bool counts(const char *name)
{
	for (size_t i = 0; i < sizeof no_counters / sizeof *no_counters; i++)
		if (strcmp(no_counters[i], name) == 0)
			return false;
	return true;
}

/* ----------------------------------------------------------------- parsing */

static void add(struct counters *counters, const char *name, int64_t value)
{
	struct counter *row;

	if (!counts(name))
		return;
	if (counters->count == counters->room) {
		counters->room = counters->room ? 2 * counters->room : 256;
		counters->row = alloc_resize(counters->row, counters->room, sizeof *counters->row);
	}
	row = &counters->row[counters->count++];
	snprintf(row->name, sizeof row->name, "%s", name);
	row->value = value;
}

/* The next word of a line, its end; NULL at the line's end. */
static const char *next_word(const char **at, size_t *length)
{
	const char *word = *at + strspn(*at, " ");

	*length = strcspn(word, " \n");
	*at = word + *length;
	return *length ? word : NULL;
}

/* A line of names and one of values, both behind "PREFIX:". */
static void parse_pair(struct counters *counters, const char *names, const char *values)
{
	size_t prefix = strcspn(names, ":\n"), length, value_length;
	const char *head = names, *word, *value;
	char name[COUNTER_NAME];

	if (names[prefix] != ':' || strncmp(names, values, prefix + 1) != 0)
		return;
	names += prefix + 1;
	values += prefix + 1;
	while ((word = next_word(&names, &length)) && (value = next_word(&values, &value_length))) {
		snprintf(name, sizeof name, "%.*s%.*s", (int)prefix, head, (int)length, word);
		add(counters, name, strtoll(value, NULL, 10));
	}
}

void counters_parse(struct counters *counters, const char *text)
{
	const char *second;

	for (; *text; text = second + strcspn(second, "\n"), text += *text == '\n') {
		second = strchr(text, '\n');
		if (!second)
			return;
		second++;
		parse_pair(counters, text, second);
	}
}

void counters_free(struct counters *counters)
{
	free(counters->row);
	*counters = (struct counters){0};
}

/* ----------------------------------------------------------------- looking */

int64_t counters_value(const struct counters *counters, const char *name, size_t hint)
{
	if (!counters)
		return 0;
	if (hint < counters->count && strcmp(counters->row[hint].name, name) == 0)
		return counters->row[hint].value;
	for (size_t i = 0; i < counters->count; i++)
		if (strcmp(counters->row[i].name, name) == 0)
			return counters->row[i].value;
	return 0;
}

const char *counter_short(const char *name)
{
	static const char *const prefixes[] = {"TcpExt", "Tcp"};

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		size_t length = strlen(prefixes[i]);

		if (strncmp(name, prefixes[i], length) == 0)
			return name + length;
	}
	return name;
}

bool counter_is(const char *name, const char *word)
{
	return strcasecmp(name, word) == 0 || strcasecmp(counter_short(name), word) == 0;
}

const char *counter_explained(size_t i)
{
	return i < sizeof glosses / sizeof *glosses ? glosses[i].name : NULL;
}

const char *counter_gloss(const char *name)
{
	for (size_t i = 0; i < sizeof glosses / sizeof *glosses; i++)
		if (strcmp(glosses[i].name, name) == 0)
			return glosses[i].gloss;
	return NULL;
}
