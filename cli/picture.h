/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * picture.h - the lab as a drawing, or as JSON objects: nodes and links.
 */
#ifndef CLI_PICTURE_H
#define CLI_PICTURE_H

#include "netlab.h"

struct cli;

int picture_show(struct cli *cli, struct cause *cause);

#endif
