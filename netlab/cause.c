/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cause.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int cause_set(struct cause *cause, int code, const char *format, ...)
{
	va_list args;

	cause->code = code;
	va_start(args, format);
	vsnprintf(cause->text, sizeof cause->text, format, args);
	va_end(args);
	return -1;
}

int cause_set_errno(struct cause *cause, int code, const char *format, ...)
{
	va_list args;
	size_t used;

	cause->code = code;
	va_start(args, format);
	vsnprintf(cause->text, sizeof cause->text, format, args);
	va_end(args);
	used = strlen(cause->text);
	snprintf(cause->text + used, sizeof cause->text - used, ": %s%s", strerror(code),
		code == EMFILE ? " (raise the limit: ulimit -n)" : "");
	return -1;
}
