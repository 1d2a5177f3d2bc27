/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * saving.h - the lab as the commands that build it.
 */
#ifndef CLI_SAVING_H
#define CLI_SAVING_H

#include <stdio.h>

#include "netlab.h"

/* Write them: run in an empty lab, they make the same one, and saving that one
 * writes the same text. The lab of the moment, without endpoints and
 * connections, and without what programs changed in its nodes. */
int saving_write(struct lab *lab, FILE *file, struct cause *cause);

#endif
