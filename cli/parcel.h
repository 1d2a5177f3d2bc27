/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parcel.h - what the grader and its worker send each other, one after the other:
 * a request, then the answer to it.
 */
#ifndef CLI_PARCEL_H
#define CLI_PARCEL_H

#include <stdint.h>

#define PARCEL_BYTES_MAX (4u << 20)
#define WORKER_CHANNEL	 3 /* the worker's descriptor */

enum parcel_kind {
	/* requests: "NAME\0TEXT\0" */
	PARCEL_SETUP, /* run the text, of the file of that name */
	PARCEL_WORK,  /* the same, within limits */
	PARCEL_CHECK, /* run the command, unseen, and look back at the work */
	/* answers: the error's text, "" for none */
	PARCEL_OK,
	PARCEL_FAILED,
	PARCEL_TIMEOUT,
};

struct parcel {
	uint32_t kind;
	uint32_t limit_ms; /* a request's time */
	uint32_t length;   /* of the bytes that follow */
};

#endif
