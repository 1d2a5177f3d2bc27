/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * log.c - the record of what has been told, and the telling. An entry holds
 * references to its passage and socket, and owns its text.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"

static struct lab_event *slot(const struct lab *lab, uint64_t number)
{
	return &lab->log[number % LAB_LOG_MAX];
}

char *event_text(const struct lab_event *event)
{
	bool is_data = event->kind == LAB_CALL && event->result > 0;

	if (!event->text)
		return NULL;
	return is_data ? alloc_copy(event->text, (size_t)event->result + 1) : alloc_text(event->text);
}

static void forget(struct lab_event *event)
{
	if (event->passage)
		passage_unref((struct passage_own *)(uintptr_t)event->passage);
	if (event->socket)
		socket_unref(socket_own(event->socket));
	free((char *)(uintptr_t)event->text);
}

void log_tell(struct lab *lab, const struct lab_event *event)
{
	struct lab_event *copy;

	if (lab->closing)
		return;
	if (!lab->log)
		lab->log = alloc_zeroed(LAB_LOG_MAX, sizeof *lab->log);
	if (lab->log_end - lab->log_first == LAB_LOG_MAX)
		forget(slot(lab, lab->log_first++));
	copy = slot(lab, lab->log_end++);
	*copy = *event;
	copy->text = event_text(event);
	if (event->passage)
		passage_ref((struct passage_own *)(uintptr_t)event->passage);
	if (event->socket)
		socket_ref(socket_own(event->socket));
	lab->ops->event(lab->arg, copy);
}

void log_note(struct lab *lab, const char *format, ...)
{
	char text[320];
	va_list args;
	struct lab_event event = {.kind = LAB_NOTE, .time = lab_now(lab), .text = text};

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	log_tell(lab, &event);
}

void log_free(struct lab *lab)
{
	while (lab->log_first < lab->log_end)
		forget(slot(lab, lab->log_first++));
	free(lab->log);
	lab->log = NULL;
}

uint64_t lab_log_first(const struct lab *lab)
{
	return lab->log_first;
}

uint64_t lab_log_end(const struct lab *lab)
{
	return lab->log_end;
}

const struct lab_event *lab_log_get(const struct lab *lab, uint64_t number)
{
	if (number < lab->log_first || number >= lab->log_end)
		return NULL;
	return slot(lab, number);
}
