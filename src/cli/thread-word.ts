/** What a thread is started with in place of arguments; no command line can hold a NUL. */
export const threadWord = '\0thread';
