/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json.c - the JSON writer.
 */
#include "json.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "plain.h"

static void add(struct json *json, const char *bytes, size_t length)
{
	if (json->length + length + 1 > json->size) {
		json->size = (json->length + length + 1) * 2;
		json->text = realloc(json->text, json->size);
		if (!json->text)
			abort();
	}
	memcpy(json->text + json->length, bytes, length);
	json->length += length;
	json->text[json->length] = '\0';
}

static void add_text(struct json *json, const char *text)
{
	add(json, text, strlen(text));
}

static void __attribute__((format(printf, 2, 3)))
add_format(struct json *json, const char *format, ...)
{
	char text[400]; /* the longest: a double of 309 digits */
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	add_text(json, text);
}

static void add_escaped(struct json *json, uint32_t c)
{
	switch (c) {
	case '"':
		add_text(json, "\\\"");
		break;
	case '\\':
		add_text(json, "\\\\");
		break;
	case '\n':
		add_text(json, "\\n");
		break;
	case '\t':
		add_text(json, "\\t");
		break;
	default:
		add_format(json, "\\u%04x", (unsigned)c);
	}
}

static void add_string(struct json *json, const char *value, size_t length)
{
	size_t i, step;
	uint32_t code;

	add(json, "\"", 1);
	for (i = 0; i < length; i += step) {
		step = plain_next(value + i, length - i, &code);
		if (code == PLAIN_WRONG || plain_is_control(code) || code == '"' || code == '\\')
			add_escaped(json, code);
		else
			add(json, value + i, step);
	}
	add(json, "\"", 1);
}

static void add_key(struct json *json, const char *key)
{
	char last = json->text[json->length - 1];

	if (last != '{' && last != '[')
		add(json, ",", 1);
	if (!key)
		return;
	add_string(json, key, strlen(key));
	add(json, ":", 1);
}

void json_begin(struct json *json)
{
	*json = (struct json){0};
	add(json, "{", 1);
}

void json_string_sized(struct json *json, const char *key, const char *value, size_t length)
{
	add_key(json, key);
	add_string(json, value, length);
}

void json_string(struct json *json, const char *key, const char *value)
{
	if (value)
		json_string_sized(json, key, value, strlen(value));
	else
		json_null(json, key);
}

void json_int(struct json *json, const char *key, int64_t value)
{
	add_key(json, key);
	add_format(json, "%lld", (long long)value);
}

void json_bool(struct json *json, const char *key, bool value)
{
	add_key(json, key);
	add_text(json, value ? "true" : "false");
}

void json_null(struct json *json, const char *key)
{
	add_key(json, key);
	add_text(json, "null");
}

void json_double(struct json *json, const char *key, double value, int digits)
{
	add_key(json, key);
	if (isfinite(value))
		add_format(json, "%.*f", digits, value);
	else
		add_text(json, "null");
}

void json_seconds(struct json *json, const char *key, int64_t ns)
{
	uint64_t size = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;

	add_key(json, key);
	add_format(json, "%s%llu.%09llu", ns < 0 ? "-" : "",
		(unsigned long long)(size / 1000000000), (unsigned long long)(size % 1000000000));
}

void json_open(struct json *json, const char *key, char bracket)
{
	add_key(json, key);
	add(json, &bracket, 1);
}

void json_close(struct json *json, char bracket)
{
	add(json, &bracket, 1);
}

char *json_finish(struct json *json)
{
	char *text;

	add(json, "}", 1);
	text = json->text;
	*json = (struct json){0};
	return text;
}

void json_print(struct json *json, struct cli *cli)
{
	add(json, "}\n", 2);
	out_raw(cli, json->text, json->length);
	json_free(json);
}

void json_free(struct json *json)
{
	free(json->text);
	*json = (struct json){0};
}
