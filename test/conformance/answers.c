/*
 * Stands in for popen() in the kernel's conf: answers come from the file that ANSWERS names, pairs of a command and its output,
 * each ended by a NUL. A command that is not in it is reported, so that both sides are known to be told the same.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *data;
static size_t size;

static void load(void)
{
	const char *name = getenv("ANSWERS");
	FILE *in = name ? fopen(name, "r") : NULL;

	data = calloc(1, 1);
	if (!in)
		return;
	fseek(in, 0, SEEK_END);
	size = ftell(in);
	rewind(in);
	data = calloc(1, size + 1);
	size = fread(data, 1, size, in);
	fclose(in);
}

FILE *answers_popen(const char *command, const char *mode)
{
	char *at;

	(void)mode;
	if (!data)
		load();
	for (at = data; at < data + size;) {
		char *output = at + strlen(at) + 1;

		if (!strcmp(at, command)) {
			size_t length = strlen(output);

			return length ? fmemopen(output, length, "r") : fopen("/dev/null", "r");
		}
		at = output + strlen(output) + 1;
	}
	fprintf(stderr, "UNANSWERED %s\n", command);
	return fopen("/dev/null", "r");
}

int answers_pclose(FILE *stream)
{
	return fclose(stream);
}
