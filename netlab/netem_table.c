/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netem_table.c - the shapes of jitter as tables: entry i is the value below
 * which (i + 1/2) / NETEM_TABLE_SIZE of all frames fall. Computed by series and
 * Newton's method: the C library's mathematics would be one more library.
 */
#include "netem.h"

#define LARGEST (32767.0 / NETEM_DIST_UNIT)

static double quantile_of(int i)
{
	return (i + 0.5) / NETEM_TABLE_SIZE;
}

static void fill(int16_t *table, const double *values)
{
	for (int i = 0; i < NETEM_TABLE_SIZE; i++)
		table[i] = (int16_t)(values[i] * NETEM_DIST_UNIT + (values[i] < 0 ? -0.5 : 0.5));
}

/* ------------------------------------------------------------------ normal */

/* The density of the standard normal distribution: e^(-x^2/2) / sqrt(2 pi) */
static double density(double x)
{
	double half_square = x * x / 2, term = 1, sum = 1;

	for (int n = 1; term > sum * 1e-17; n++) {
		term *= half_square / n;
		sum += term;
	}
	return 0.3989422804014327 / sum;
}

/* How much of it lies between 0 and x > 0: the density times
 * x + x^3/3 + x^5/(3*5) + x^7/(3*5*7) ... */
static double area(double x)
{
	double term = x, sum = x;

	for (int n = 3; term > sum * 1e-17; n += 2) {
		term *= x * x / n;
		sum += term;
	}
	return density(x) * sum;
}

/* The upper half; the lower is its mirror. Each value is a good guess at the
 * next one, from below: where the area bends down Newton never shoots past. */
static void compute_normal(double *values)
{
	const int half = NETEM_TABLE_SIZE / 2;
	double x = 0;

	for (int i = half; i < NETEM_TABLE_SIZE; i++) {
		for (int step = 0; step < 6; step++)
			x += (quantile_of(i) - 0.5 - area(x)) / density(x);
		values[i] = x;
		values[NETEM_TABLE_SIZE - 1 - i] = -x;
	}
}

/* ------------------------------------------------------------------ pareto */

static double square_root(double a)
{
	double x = a > 1 ? a : 1;

	for (int step = 0; step < 40; step++)
		x = (x + a / x) / 2;
	return x;
}

/* of a >= 1 */
static double cube_root(double a)
{
	double x = 1 + (a - 1) / 3;

	for (int step = 0; step < 40; step++)
		x -= (x - a / (x * x)) / 3;
	return x;
}

/* Move and stretch the values to mean 0 and standard deviation 1. */
static void normalize(double *values)
{
	double mean = 0, square = 0, scale;

	for (int i = 0; i < NETEM_TABLE_SIZE; i++)
		mean += values[i] / NETEM_TABLE_SIZE;
	for (int i = 0; i < NETEM_TABLE_SIZE; i++)
		square += (values[i] - mean) * (values[i] - mean) / NETEM_TABLE_SIZE;
	scale = square_root(square);
	for (int i = 0; i < NETEM_TABLE_SIZE; i++)
		values[i] = (values[i] - mean) / scale;
}

static void clip(double *values)
{
	for (int i = 0; i < NETEM_TABLE_SIZE; i++)
		if (values[i] > LARGEST)
			values[i] = LARGEST;
}

/* Shape 3, as tc's. Its tail is longer than an entry can say; what is cut off
 * there must not make the jitter smaller than was asked for, so what is left is
 * stretched again until both hold. */
static void compute_pareto(double *values)
{
	for (int i = 0; i < NETEM_TABLE_SIZE; i++)
		values[i] = cube_root(1 / (1 - quantile_of(i)));
	for (int round = 0; round < 30; round++) {
		normalize(values);
		clip(values);
	}
}

/* ------------------------------------------------------------------------- */

const int16_t *netem_table(enum netem_distribution distribution)
{
	static int16_t tables[NETEM_DISTRIBUTIONS][NETEM_TABLE_SIZE];
	static bool computed[NETEM_DISTRIBUTIONS];
	double values[NETEM_TABLE_SIZE];

	if (distribution != NETEM_NORMAL && distribution != NETEM_PARETO)
		return NULL;
	if (!computed[distribution]) {
		if (distribution == NETEM_NORMAL)
			compute_normal(values);
		else
			compute_pareto(values);
		fill(tables[distribution], values);
		computed[distribution] = true;
	}
	return tables[distribution];
}
