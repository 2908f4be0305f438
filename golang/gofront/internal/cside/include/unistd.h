#pragma once
#include <sys/types.h>
#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
unsigned int sleep(unsigned int seconds);
int usleep(useconds_t microseconds);
ssize_t write(int fd, const void *p, size_t n);
pid_t getpid(void);
_Noreturn void _exit(int status);
