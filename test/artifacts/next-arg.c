/* Reads command lines, NUL-ended, from standard input and prints what the kernel's own next_arg makes of each. */
#include <stdio.h>
#include <string.h>
#define __init
#define EXPORT_SYMBOL(x)
static int isspace(int c)
{
	unsigned char b = c;
	return b == ' ' || (b >= 9 && b <= 13) || b == 0xa0;
}
static char *skip_spaces(const char *s)
{
	while (isspace(*s))
		s++;
	return (char *)s;
}
#include NEXT_ARG
int main(void)
{
	static char line[1 << 16];
	int c, n = 0;
	while ((c = getchar()) != EOF) {
		line[n++] = c;
		if (c != 0)
			continue;
		char *args = skip_spaces(line), *param, *val;
		int for_init = 0;
		n = 0;
		while (*args) {
			args = next_arg(args, &param, &val);
			if (!val && !strcmp(param, "--")) {
				for_init = 1;
				break;
			}
			for (char *p = param; *p; p++)
				putchar(*p == '-' ? '_' : *p);
			putchar(1);
			if (val)
				printf("=%s", val);
			putchar(2);
		}
		if (for_init)
			printf("-- ");
		putchar(0);
	}
	return 0;
}
