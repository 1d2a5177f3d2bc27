/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "option_table.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#define NAME(constant) #constant, OPTION_SOCKET
#define SYSCTL(key) "net.ipv4." key, OPTION_SYSCTL

/* clang-format off */
const struct option_entry option_table[] = {
	{"reuseaddr", NAME(SO_REUSEADDR), OPTION_SWITCH, SOL_SOCKET, SO_REUSEADDR, 0, 1, "", NULL,
		"bind() takes a port that TIME-WAITs of such sockets still have"},
	{"reuseport", NAME(SO_REUSEPORT), OPTION_SWITCH, SOL_SOCKET, SO_REUSEPORT, 0, 1, "", NULL,
		"several sockets of one user may listen at the same port"},
	{"linger", NAME(SO_LINGER), OPTION_LINGER, SOL_SOCKET, SO_LINGER, 0, 32767, "s", NULL,
		"close(): 0 sends RST, else it waits so long for its FIN to be ACKed"},
	{"linger2", NAME(TCP_LINGER2), OPTION_NUMBER, IPPROTO_TCP, TCP_LINGER2, -1, 120, "s", NULL,
		"how long an orphan stays in FIN-WAIT-2; -1: not at all, RST"},
	{"nodelay", NAME(TCP_NODELAY), OPTION_SWITCH, IPPROTO_TCP, TCP_NODELAY, 0, 1, "", NULL,
		"small segments go at once, without Nagle's waiting for ACKs"},
	{"cork", NAME(TCP_CORK), OPTION_SWITCH, IPPROTO_TCP, TCP_CORK, 0, 1, "", NULL,
		"only full segments go, until it is off, or 200 ms are over"},
	{"quickack", NAME(TCP_QUICKACK), OPTION_SWITCH, IPPROTO_TCP, TCP_QUICKACK, 0, 1, "", NULL,
		"ACK at once; the kernel leaves that mode again by itself"},
	{"keepalive", NAME(SO_KEEPALIVE), OPTION_KEEPALIVE, SOL_SOCKET, SO_KEEPALIVE, 0, 1, "", NULL,
		"probe a peer that has been silent for long"},
	{"keepalive-idle", NAME(TCP_KEEPIDLE), OPTION_NUMBER, IPPROTO_TCP, TCP_KEEPIDLE, 1, 32767, "s", NULL,
		"how long it has to be silent before the first probe"},
	{"keepalive-interval", NAME(TCP_KEEPINTVL), OPTION_NUMBER, IPPROTO_TCP, TCP_KEEPINTVL, 1, 32767, "s", NULL,
		"the time between probes"},
	{"keepalive-count", NAME(TCP_KEEPCNT), OPTION_NUMBER, IPPROTO_TCP, TCP_KEEPCNT, 1, 127, "", NULL,
		"probes without an answer after which it gives up: ETIMEDOUT"},
	{"user-timeout", NAME(TCP_USER_TIMEOUT), OPTION_NUMBER, IPPROTO_TCP, TCP_USER_TIMEOUT, 0, INT32_MAX, "ms", NULL,
		"how long sent data or FIN may stay unACKed; 0: retries decide"},
	{"syn-count", NAME(TCP_SYNCNT), OPTION_NUMBER, IPPROTO_TCP, TCP_SYNCNT, 1, 127, "", NULL,
		"how often connect() sends its SYN again"},
	{"defer-accept", NAME(TCP_DEFER_ACCEPT), OPTION_NUMBER, IPPROTO_TCP, TCP_DEFER_ACCEPT, 0, 32767, "s", NULL,
		"a listener: accept() only once data is there"},
	{"bind-no-port", NAME(IP_BIND_ADDRESS_NO_PORT), OPTION_SWITCH, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 0, 1, "", NULL,
		"bind() to an address takes no port yet: connect() looks for one"},
	{"rcvbuf", NAME(SO_RCVBUF), OPTION_NUMBER, SOL_SOCKET, SO_RCVBUF, 1, INT32_MAX / 2, "bytes", NULL,
		"receive buffer; the kernel doubles what is asked for"},
	{"sndbuf", NAME(SO_SNDBUF), OPTION_NUMBER, SOL_SOCKET, SO_SNDBUF, 1, INT32_MAX / 2, "bytes", NULL,
		"send buffer; the kernel doubles what is asked for"},
	{"mss", NAME(TCP_MAXSEG), OPTION_NUMBER, IPPROTO_TCP, TCP_MAXSEG, 88, 32767, "bytes", NULL,
		"largest segment; of use before connect() or listen()"},

	{"timestamps", SYSCTL("tcp_timestamps"), OPTION_SWITCH, 0, 0, 0, 2, "", NULL,
		"RFC 7323 timestamps, and PAWS; 2: without a random offset"},
	{"tw-reuse", SYSCTL("tcp_tw_reuse"), OPTION_SWITCH, 0, 0, 0, 2, "", NULL,
		"connect() may take the place of an old TIME-WAIT; 2: on loopback alone"},
	{"tw-reuse-delay", SYSCTL("tcp_tw_reuse_delay"), OPTION_NUMBER, 0, 0, 1, INT32_MAX, "ms", "6.14",
		"how old that TIME-WAIT has to be"},
	{"rfc1337", SYSCTL("tcp_rfc1337"), OPTION_SWITCH, 0, 0, 0, 1, "", NULL,
		"an RST does not end TIME-WAIT"},
	{"max-tw-buckets", SYSCTL("tcp_max_tw_buckets"), OPTION_NUMBER, 0, 0, 0, INT32_MAX, "", NULL,
		"TIME-WAITs at most: what closes beyond that has none"},
	{"fin-timeout", SYSCTL("tcp_fin_timeout"), OPTION_NUMBER, 0, 0, 1, INT32_MAX / 1000, "s", NULL,
		"how long orphans stay in FIN-WAIT-2; not TIME-WAIT, that is 60 s"},
	{"orphan-retries", SYSCTL("tcp_orphan_retries"), OPTION_NUMBER, 0, 0, 0, 255, "", NULL,
		"retransmissions after close() before it gives up; 0 means 8"},
	{"retries2", SYSCTL("tcp_retries2"), OPTION_NUMBER, 0, 0, 0, 255, "", NULL,
		"retransmissions of an open connection before it gives up"},
	{"syn-retries", SYSCTL("tcp_syn_retries"), OPTION_NUMBER, 0, 0, 1, 127, "", NULL,
		"how often connect() sends its SYN again"},
	{"syn-linear-timeouts", SYSCTL("tcp_syn_linear_timeouts"), OPTION_NUMBER, 0, 0, 0, 127, "", "6.5",
		"SYNs sent again a second apart before the time doubles"},
	{"synack-retries", SYSCTL("tcp_synack_retries"), OPTION_NUMBER, 0, 0, 0, 255, "", NULL,
		"how often a SYN-ACK is sent again"},
	{"rto-min", SYSCTL("tcp_rto_min_us"), OPTION_NUMBER, 0, 0, 1, INT32_MAX, "us", "6.11",
		"shortest retransmission timeout, of sockets made from then on"},
	{"rto-max", SYSCTL("tcp_rto_max_ms"), OPTION_NUMBER, 0, 0, 1000, 120000, "ms", "6.15",
		"longest retransmission timeout, of sockets made from then on"},
	{"early-retrans", SYSCTL("tcp_early_retrans"), OPTION_NUMBER, 0, 0, 0, 4, "", NULL,
		"3: the last segment is sent again early (tail loss probe); 0: never"},
	{"port-range", SYSCTL("ip_local_port_range"), OPTION_RANGE, 0, 0, 1, 65535, "", NULL,
		"ports that the kernel chooses from"},
	{"invalid-ratelimit", SYSCTL("tcp_invalid_ratelimit"), OPTION_NUMBER, 0, 0, 0, INT32_MAX, "ms", NULL,
		"ACKs that answer invalid segments: one in that time"},
	{"challenge-ack-limit", SYSCTL("tcp_challenge_ack_limit"), OPTION_NUMBER, 0, 0, 0, INT32_MAX, "", NULL,
		"challenge ACKs a second"},
	{"abort-on-overflow", SYSCTL("tcp_abort_on_overflow"), OPTION_SWITCH, 0, 0, 0, 1, "", NULL,
		"a listener whose queue is full answers RST instead of nothing"},
	{"sack", SYSCTL("tcp_sack"), OPTION_SWITCH, 0, 0, 0, 1, "", NULL,
		"selective ACKs (RFC 2018)"},
	{"window-scaling", SYSCTL("tcp_window_scaling"), OPTION_SWITCH, 0, 0, 0, 1, "", NULL,
		"windows beyond 64 KiB (RFC 7323)"},
	{.name = NULL},
};
/* clang-format on */

#define KEEPALIVE_ROWS 4 /* the switch, idle, interval, count: in this order */

void socket_options_add(struct socket_options *options, const struct socket_options *change)
{
	for (size_t row = 0; row < SOCKET_OPTIONS; row++)
		if (socket_options_have(change, row))
			options->value[row] = change->value[row];
	options->set |= change->set;
}

const char *option_key(const struct option_entry *row)
{
	return row->kind == OPTION_SYSCTL ? strrchr(row->real, '.') + 1 : row->real;
}

const struct option_entry *option_find(const char *name)
{
	for (const struct option_entry *row = option_table; row->name; row++)
		if (strcasecmp(name, row->name) == 0 || strcasecmp(name, row->real) == 0 ||
			strcasecmp(name, option_key(row)) == 0)
			return row;
	return NULL;
}

/* ---------------------------------------------------------------- printing */

static bool has_off(const struct option_entry *row)
{
	return row->grammar == OPTION_SWITCH || row->grammar == OPTION_KEEPALIVE;
}

const char *option_print(const struct option_entry *row, int32_t value, char buf[OPTION_TEXT])
{
	if (has_off(row) && (value == 0 || value == 1))
		snprintf(buf, OPTION_TEXT, "%s", value ? "on" : "off");
	else if (row->grammar == OPTION_LINGER && value < 0)
		snprintf(buf, OPTION_TEXT, "off");
	else
		snprintf(buf, OPTION_TEXT, "%" PRId32 "%s%s", value, *row->unit ? " " : "", row->unit);
	return buf;
}

const char *option_print_text(const struct option_entry *row, const char *value,
	char buf[OPTION_TEXT])
{
	const char *blank = strchr(value, ' ');

	if (row->grammar == OPTION_RANGE && blank)
		snprintf(buf, OPTION_TEXT, "%.*s-%s", (int)(blank - value), value, blank + 1);
	else
		option_print(row, (int32_t)strtol(value, NULL, 10), buf);
	return buf;
}

const char *option_takes(const struct option_entry *row, char buf[OPTION_TEXT])
{
	switch (row->grammar) {
	case OPTION_SWITCH:
		snprintf(buf, OPTION_TEXT, "on|off%s", row->most > 1 ? "|2" : "");
		break;
	case OPTION_NUMBER:
		snprintf(buf, OPTION_TEXT, "%" PRId64 " to %" PRId64 "%s%s", row->least, row->most,
			*row->unit ? " " : "", row->unit);
		break;
	case OPTION_LINGER:
		snprintf(buf, OPTION_TEXT, "off|SECONDS");
		break;
	case OPTION_KEEPALIVE:
		snprintf(buf, OPTION_TEXT, "on|off|IDLE [INTERVAL [COUNT]]");
		break;
	case OPTION_RANGE:
		snprintf(buf, OPTION_TEXT, "LOW-HIGH");
		break;
	}
	return buf;
}

/* ----------------------------------------------------------------- parsing */

static int refuse(const struct option_entry *row, const char *word, struct cause *cause)
{
	char usage[OPTION_TEXT];

	return cause_set(cause, EINVAL, "%s (%s) does not take \"%.40s\"; it takes %s", row->name,
		row->real, word, option_takes(row, usage));
}

/* Digits, a '-' before them where there are such numbers; -1: it is no number. */
static int parse_digits(const char **at, int64_t *number)
{
	bool minus = **at == '-';
	const char *digit = *at + minus;
	int64_t sum = 0;

	if (!isdigit((unsigned char)*digit))
		return -1;
	for (; isdigit((unsigned char)*digit); digit++)
		if (sum < INT64_MAX / 1000000 / 100)
			sum = sum * 10 + (*digit - '0');
	*at = digit;
	*number = minus ? -sum : sum;
	return 0;
}

static int64_t microseconds(const char *unit)
{
	static const struct {
		const char *name;
		int64_t us;
	} units[] = {{"us", 1}, {"ms", 1000}, {"s", 1000000}, {"min", 60000000}};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(unit, units[i].name) == 0)
			return units[i].us;
	return 0;
}

/* A number in the row's own unit: 3, or where that is a time 3s, 500ms. */
static int parse_number(const struct option_entry *row, const char *word, int64_t *number,
	struct cause *cause)
{
	const char *at = word;
	int64_t own = microseconds(row->unit), given;

	if (parse_digits(&at, number) < 0)
		return refuse(row, word, cause);
	if (*at) {
		given = microseconds(at);
		if (!own || !given || *number * given % own != 0)
			return refuse(row, word, cause);
		*number = *number * given / own;
	}
	if (*number < row->least || *number > row->most)
		return refuse(row, word, cause);
	return 0;
}

static int parse_switch(const struct option_entry *row, const char *word, int64_t *number,
	struct cause *cause)
{
	if (strcmp(word, "on") == 0 || strcmp(word, "off") == 0) {
		*number = word[1] == 'n';
		return 0;
	}
	return parse_number(row, word, number, cause);
}

static void put(struct socket_options *options, const struct option_entry *row, int64_t value)
{
	options->set |= 1U << (row - option_table);
	options->value[row - option_table] = (int32_t)value;
}

/* The switch alone, or on with the times behind it. */
int option_span(const struct option_entry *row)
{
	return row->grammar == OPTION_KEEPALIVE ? KEEPALIVE_ROWS : 1;
}

static int parse_keepalive(const struct option_entry *row, char *const *words, int count,
	struct socket_options *options, struct cause *cause)
{
	bool alone = strcmp(words[0], "on") == 0 || strcmp(words[0], "off") == 0;
	int64_t number;

	if (count > (alone ? 1 : KEEPALIVE_ROWS - 1))
		return refuse(row, words[alone ? 1 : KEEPALIVE_ROWS - 1], cause);
	put(options, row, strcmp(words[0], "off") != 0);
	for (int i = 0; i < count && !alone; i++) {
		if (parse_number(row + 1 + i, words[i], &number, cause) < 0)
			return -1;
		put(options, row + 1 + i, number);
	}
	return 0;
}

static int parse_range(const struct option_entry *row, char *const *words, int count,
	char text[OPTION_TEXT], struct cause *cause)
{
	const char *at = words[0];
	int64_t low, high;

	if (parse_digits(&at, &low) < 0 || count > 2 || (*at == '\0') != (count == 2) ||
		(count == 1 && *at != '-' && *at != ' '))
		return refuse(row, words[0], cause);
	at = count == 2 ? words[1] : at + 1;
	if (parse_digits(&at, &high) < 0 || *at)
		return refuse(row, words[count - 1], cause);
	if (low < row->least || high > row->most || low > high)
		return cause_set(cause, EINVAL, "%" PRId64 "-%" PRId64 " is no range of ports: "
			"1 to 65535, the lower one first", low, high);
	snprintf(text, OPTION_TEXT, "%" PRId64 " %" PRId64, low, high);
	return 0;
}

int option_parse(const struct option_entry *row, char *const *words, int count,
	struct socket_options *options, char text[OPTION_TEXT], struct cause *cause)
{
	int64_t number;
	int result;

	if (row->grammar == OPTION_KEEPALIVE)
		return parse_keepalive(row, words, count, options, cause);
	if (row->grammar == OPTION_RANGE)
		return parse_range(row, words, count, text, cause);
	if (count > 1)
		return refuse(row, words[1], cause);
	if (row->grammar == OPTION_LINGER && strcmp(words[0], "off") == 0) {
		put(options, row, -1);
		return 0;
	}
	result = row->grammar == OPTION_SWITCH ? parse_switch(row, words[0], &number, cause)
					       : parse_number(row, words[0], &number, cause);
	if (result < 0)
		return -1;
	if (row->kind == OPTION_SOCKET)
		put(options, row, number);
	else
		snprintf(text, OPTION_TEXT, "%" PRId64, number);
	return 0;
}
