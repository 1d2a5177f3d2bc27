/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * loop.c - the event loop.
 */
#include <event2/event.h>

#include "netlab.h"

struct event_base *loop_new(void)
{
	struct event_config *config = event_config_new();
	struct event_base *base = NULL;

	if (config && event_config_set_flag(config, EVENT_BASE_FLAG_NO_CACHE_TIME) == 0)
		base = event_base_new_with_config(config);
	if (config)
		event_config_free(config);
	return base;
}
