/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lex.c - the line splitter: a cursor over the line, one function a construct.
 */
#include "lex.h"

#include <errno.h>
#include <string.h>

struct scan {
	const char *at, *end;
	const struct lex_params *params;
	struct lex_words *words;
	struct cause *cause;
	const char *word_start, *word_end; /* of the last word */
	char quote;			   /* the quote that is open */
	bool unfinished;		   /* open quotes are no error, '$' is itself */
	bool comment;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The length of the UTF-8 sequence at `at`, or 0 when it is none. */
static size_t utf8_length(const unsigned char *at, size_t left)
{
	static const unsigned char least[] = {0, 0, 0xa0, 0x90}; /* of the second byte, by length */
	size_t length, i;

	if (at[0] < 0x80)
		return 1;
	if (at[0] < 0xc2 || at[0] > 0xf4)
		return 0;
	length = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
	if (length > left)
		return 0;
	for (i = 1; i < length; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	if ((at[0] == 0xe0 || at[0] == 0xf0) && at[1] < least[length - 1])
		return 0; /* overlong */
	if ((at[0] == 0xed && at[1] > 0x9f) || (at[0] == 0xf4 && at[1] > 0x8f))
		return 0; /* surrogates; beyond U+10FFFF */
	return length;
}

int lex_check(const char *line, size_t length, struct cause *cause)
{
	const unsigned char *bytes = (const unsigned char *)line;
	size_t i, step;

	if (length > LEX_LINE_MAX)
		return cause_set(
			cause, E2BIG, "the line is longer than %d bytes; shorten it", LEX_LINE_MAX);
	if (length > 0 && line[length - 1] == '\r')
		length--;
	for (i = 0; i < length; i += step) {
		if ((bytes[i] < ' ' && bytes[i] != '\t') || bytes[i] == 0x7f)
			return cause_set(cause, EILSEQ,
				"control byte 0x%02x in column %zu; commands are plain text",
				bytes[i], i + 1);
		step = utf8_length(bytes + i, length - i);
		if (!step)
			return cause_set(cause, EILSEQ,
				"byte 0x%02x in column %zu is not UTF-8; commands are plain text",
				bytes[i], i + 1);
	}
	return 0;
}

static int put(struct scan *scan, char c)
{
	struct lex_words *words = scan->words;

	if (words->used >= sizeof words->bytes - 1)
		return cause_set(scan->cause, E2BIG,
			"the command is longer than %d bytes once its parameters are filled in",
			LEX_BYTES_MAX);
	words->bytes[words->used++] = c;
	return 0;
}

static int put_all(struct scan *scan, const char *text, size_t length)
{
	while (length--)
		if (put(scan, *text++) < 0)
			return -1;
	return 0;
}

static const char *param_get(const struct scan *scan, int number)
{
	if (!scan->params || number > scan->params->count)
		return NULL;
	return scan->params->value[number - 1];
}

static int put_param(struct scan *scan, char digit, const char *fallback, size_t length)
{
	const char *value = param_get(scan, digit - '0');

	if (value)
		return put_all(scan, value, strlen(value));
	if (fallback)
		return put_all(scan, fallback, length);
	return cause_set(scan->cause, EINVAL,
		"no parameter $%c here; give it to source, or write ${%c:-DEFAULT}", digit, digit);
}

static bool is_param_digit(const char *at, const char *end)
{
	return at < end && *at >= '1' && *at <= '9';
}

/* "{1}" or "{1:-default}", the cursor on its '{'. */
static int take_braced(struct scan *scan)
{
	const char *at = scan->at + 1;
	const char *close = memchr(at, '}', (size_t)(scan->end - at));
	const char *fallback = NULL;
	char digit = 0;

	if (close && is_param_digit(at, close)) {
		digit = *at++;
		if (close - at >= 2 && at[0] == ':' && at[1] == '-')
			fallback = at = at + 2;
	}
	if (!digit || (!fallback && at != close))
		return cause_set(scan->cause, EINVAL,
			"${ begins no parameter; write ${1}, ${1:-DEFAULT}, or '$' in quotes");
	scan->at = close + 1;
	return put_param(scan, digit, fallback, (size_t)(close - at));
}

/* A '$', the cursor behind it. */
static int take_dollar(struct scan *scan)
{
	if (scan->unfinished)
		return put(scan, '$');
	if (scan->at < scan->end && *scan->at == '{')
		return take_braced(scan);
	if (is_param_digit(scan->at, scan->end))
		return put_param(scan, *scan->at++, NULL, 0);
	return put(scan, '$');
}

/* A quoted stretch, the cursor behind its opening quote. */
static int take_quoted(struct scan *scan, char quote)
{
	const char *opened = scan->at - 1;

	while (scan->at < scan->end && *scan->at != quote) {
		char c = *scan->at++;

		if (quote == '"' && c == '\\' && scan->at < scan->end && strchr("\"\\$", *scan->at))
			c = *scan->at++;
		else if (quote == '"' && c == '$') {
			if (take_dollar(scan) < 0)
				return -1;
			continue;
		}
		if (put(scan, c) < 0)
			return -1;
	}
	if (scan->at < scan->end) {
		scan->at++;
		return 0;
	}
	scan->quote = quote;
	if (scan->unfinished)
		return 0;
	return cause_set(scan->cause, EINVAL,
		"the quote %c before \"%.*s\" has no end; add %c or write \\%c", quote,
		(int)(scan->end - opened - 1 > 20 ? 20 : scan->end - opened - 1), opened + 1, quote,
		quote);
}

/* One character of a word outside quotes, or a construct. */
static int take_plain(struct scan *scan)
{
	char c = *scan->at++;

	if (c == '\'' || c == '"')
		return take_quoted(scan, c);
	if (c == '$')
		return take_dollar(scan);
	if (c == '\\' && scan->at < scan->end)
		c = *scan->at++;
	else if (c == '\\' && !scan->unfinished)
		return cause_set(scan->cause, EINVAL,
			"a backslash ends the line; commands do not go on in the next one");
	return put(scan, c);
}

static int take_word(struct scan *scan)
{
	struct lex_words *words = scan->words;

	if (words->count == LEX_WORDS_MAX)
		return cause_set(
			scan->cause, E2BIG, "more than %d words in one command", LEX_WORDS_MAX);
	scan->word_start = scan->at;
	words->word[words->count++] = words->bytes + words->used;
	while (scan->at < scan->end && !is_blank(*scan->at) && *scan->at != ';')
		if (take_plain(scan) < 0)
			return -1;
	scan->word_end = scan->at;
	return put(scan, '\0');
}

static void begin_command(struct lex_words *words)
{
	words->count = 0;
	words->used = 0;
	words->word[0] = NULL;
}

/* Words up to a ';' (the cursor stops on it) or the end. */
static int take_command(struct scan *scan)
{
	begin_command(scan->words);
	while (scan->at < scan->end && *scan->at != ';') {
		if (is_blank(*scan->at)) {
			scan->at++;
		} else if (*scan->at == '#') {
			scan->comment = true;
			scan->at = scan->end;
		} else if (take_word(scan) < 0) {
			return -1;
		}
	}
	scan->words->word[scan->words->count] = NULL;
	return 0;
}

int lex_command(const char **cursor, const char *end, const struct lex_params *params,
	struct lex_words *words, struct cause *cause)
{
	struct scan scan = {
		.at = *cursor, .end = end, .params = params, .words = words, .cause = cause};

	*cursor = end;
	if (take_command(&scan) < 0) {
		begin_command(words);
		return -1;
	}
	*cursor = scan.at < end ? scan.at + 1 : end;
	return 0;
}

int lex_unfinished(const char *line, size_t length, struct lex_tail *tail)
{
	struct cause cause;
	struct scan scan = {.at = line,
		.end = line + length,
		.words = &tail->words,
		.cause = &cause,
		.unfinished = true};

	for (;;) {
		scan.word_start = scan.word_end = NULL;
		if (take_command(&scan) < 0)
			return -1;
		if (scan.at >= scan.end)
			break;
		scan.at++;
	}
	tail->last = "";
	tail->start = length;
	tail->quote = scan.quote;
	tail->comment = scan.comment;
	if (tail->words.count == 0 || scan.comment)
		return 0;
	if (scan.word_end == scan.end) { /* nothing behind it that finishes it */
		tail->last = tail->words.word[--tail->words.count];
		tail->words.word[tail->words.count] = NULL;
		tail->start = (size_t)(scan.word_start - line);
	}
	return 0;
}
