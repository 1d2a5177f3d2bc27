/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json.h - a tiny JSON writer: one object a line, into a buffer of its own.
 *
 *	struct json json;
 *
 *	json_begin(&json);
 *	json_string(&json, "event", "call");
 *	json_int(&json, "result", -1);
 *	json_print(&json, cli);
 *
 * `key` NULL leaves the key out, for the elements of an array.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cli;

struct json {
	char *text; /* NUL-terminated while it is open */
	size_t length, size;
};

/* Begin an object. What json holds is freed by json_print() or json_free(). */
void json_begin(struct json *json);

/* A field. Text that is not UTF-8 has its bad bytes replaced by U+FFFD; a NULL
 * string is null. */
void json_string(struct json *json, const char *key, const char *value);
void json_string_sized(struct json *json, const char *key, const char *value, size_t length);
void json_int(struct json *json, const char *key, int64_t value);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);
/* With `digits` behind the point; not a number and infinities are null. */
void json_double(struct json *json, const char *key, double value, int digits);
/* Nanoseconds as seconds, exact: 1500000000 is 1.500000000. */
void json_seconds(struct json *json, const char *key, int64_t ns);

/* Begin and end a field that is an object ('{', '}') or an array ('[', ']'). */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);

/* End the object, print it as a line by out_raw(), free it. */
void json_print(struct json *json, struct cli *cli);
/* End the object; the line (no newline) is the caller's to free. */
char *json_finish(struct json *json);
void json_free(struct json *json);

#endif
