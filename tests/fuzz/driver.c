/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * driver.c - a main() for the fuzz targets where there is no libFuzzer: feeds
 * the seeds of the corpus and then mutations of them, for a bounded time.
 *
 *	X_fuzz [SECONDS [SEED [FILE]]]
 *
 * The same SEED gives the same inputs in the same order. The input at work is
 * kept in a file while a target runs; with FILE only that one is fed, which
 * plays a finding again. The last line is "N passed, N failed, N skipped".
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define INPUT_MAX 10000
#define SEEDS_MAX 256
#define BATCH 256 /* inputs between two looks at the clock */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	size_t length;
	uint8_t bytes[INPUT_MAX];
};

static struct input seeds[SEEDS_MAX];
static size_t seed_count;
static struct input input; /* at work */
static uint64_t state;

/* xorshift64*: the same numbers everywhere */
static uint32_t random_number(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)(state * 2685821657736338717u >> 32);
}

static size_t below(size_t bound)
{
	return bound ? random_number() % bound : 0;
}

/* ------------------------------------------------------------------ inputs */

static bool read_input(const char *path, struct input *into)
{
	FILE *file = fopen(path, "rb");

	if (!file)
		return false;
	into->length = fread(into->bytes, 1, sizeof(into->bytes), file);
	fclose(file);
	return true;
}

/* The directory tests/fuzz/corpus/X of the tree that this program X_fuzz is
 * somewhere in; false when there is none. */
static bool find_corpus(char *path, size_t size)
{
	char self[3000], stem[100];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	self[length > 0 ? length : 0] = '\0';
	slash = strrchr(self, '/');
	if (!slash)
		return false;
	snprintf(stem, sizeof(stem), "%.*s", (int)strcspn(slash + 1, "_"), slash + 1);
	for (; slash; slash = strrchr(self, '/')) {
		*slash = '\0';
		snprintf(path, size, "%s/tests/fuzz/corpus/%s", self, stem);
		if (access(path, R_OK) == 0)
			return true;
	}
	return false;
}

/* In order of name, for the order of a directory is another everywhere. */
static void read_corpus(void)
{
	char path[4000];
	struct dirent **names;
	int count;

	if (!find_corpus(path, sizeof(path)))
		return;
	count = scandir(path, &names, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		char file[4300];

		snprintf(file, sizeof(file), "%s/%s", path, names[i]->d_name);
		if (names[i]->d_name[0] != '.' && seed_count < SEEDS_MAX)
			seed_count += read_input(file, &seeds[seed_count]);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
}

/* --------------------------------------------------------------- mutations */

static void remove_some(void)
{
	size_t at = below(input.length), length = below(input.length - at) + 1;

	if (input.length == 0)
		return;
	if (below(4))
		length = length > 8 ? below(8) + 1 : length;
	memmove(input.bytes + at, input.bytes + at + length, input.length - at - length);
	input.length -= length;
}

/* Insert a piece of any seed, or of the input itself. */
static void insert_some(void)
{
	const struct input *from = &seeds[below(seed_count)];
	uint8_t piece[512];
	size_t at = below(input.length + 1), start = below(from->length);
	size_t length = below(from->length - start + 1);

	if (length > sizeof(piece))
		length = sizeof(piece);
	if (input.length + length > sizeof(input.bytes))
		return;
	memcpy(piece, from->bytes + start, length);
	memmove(input.bytes + at + length, input.bytes + at, input.length - at);
	memcpy(input.bytes + at, piece, length);
	input.length += length;
}

static void change_byte(void)
{
	static const uint8_t telling[] = {0, 1, 4, 5, 6, 8, 10, 0x0f, 0x40, 0x45, 0x50, 0x60, 0x7f,
		0x80, 0xf0, 0xff, ' ', ';', '#', '\'', '"', '\\', '$', '{', '}', ':', '-', '1'};
	uint8_t *byte = &input.bytes[below(input.length)];

	if (input.length == 0)
		return;
	switch (below(4)) {
	case 0:
		*byte ^= (uint8_t)(1u << below(8));
		break;
	case 1:
		*byte = telling[below(sizeof(telling))];
		break;
	case 2:
		*byte = (uint8_t)(*byte + below(9) - 4);
		break;
	default:
		*byte = (uint8_t)random_number();
	}
}

static void mutate(void)
{
	input = seeds[below(seed_count)];
	for (size_t n = below(6) + 1; n > 0; n--) {
		switch (below(6)) {
		case 0:
			remove_some();
			break;
		case 1:
			insert_some();
			break;
		default:
			change_byte();
		}
	}
}

/* --------------------------------------------------------------------- run */

/* Feed a copy on the heap of just its length: one byte too far is seen. */
static void feed(const struct input *in)
{
	uint8_t *copy = malloc(in->length ? in->length : 1);

	if (!copy)
		abort();
	memcpy(copy, in->bytes, in->length);
	LLVMFuzzerTestOneInput(copy, in->length);
	free(copy);
}

static void keep_input(void)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "/tmp/fuzz-finding-%d", (int)getpid());
	file = fopen(path, "wb");
	if (file && fwrite(input.bytes, 1, input.length, file) == input.length)
		printf("the input is in %s\n", path);
	if (file)
		fclose(file);
	printf("0 passed, 1 failed, 0 skipped\n");
	fflush(stdout);
}

/* Not async-signal-safe, but the program is lost anyway. */
static void on_abort(int signal_number)
{
	signal(signal_number, SIG_DFL);
	keep_input();
	raise(signal_number);
}

/* Where there is a sanitizer, it calls this before it ends the program. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void expect_death(void)
{
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(keep_input);
	else
		signal(SIGSEGV, on_abort);
	signal(SIGABRT, on_abort);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static unsigned long fuzz(double seconds)
{
	double end = now() + seconds;
	unsigned long inputs = 0;

	for (size_t i = 0; i < seed_count; i++, inputs++) {
		input = seeds[i];
		feed(&input);
	}
	while (now() < end) {
		for (int i = 0; i < BATCH; i++, inputs++) {
			mutate();
			feed(&input);
		}
	}
	return inputs;
}

int main(int argc, char **argv)
{
	double seconds = argc > 1 ? strtod(argv[1], NULL) : 2;
	unsigned long seed = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;

	state = seed * 0x9e3779b97f4a7c15u + 1;
	expect_death();
	if (argc > 3) {
		if (!read_input(argv[3], &input)) {
			fprintf(stderr, "%s: %s\n", argv[3], strerror(errno));
			return 2;
		}
		feed(&input);
	} else {
		read_corpus();
		if (seed_count == 0)
			printf("no corpus: beginning with an empty input\n");
		if (seed_count == 0)
			seed_count = 1;
		printf("%zu seeds, %lu inputs in %g s, random seed %lu\n", seed_count,
			fuzz(seconds), seconds, seed);
	}
	printf("1 passed, 0 failed, 0 skipped\n");
	return 0;
}
