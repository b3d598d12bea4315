/*
 * Runs one command and writes what it cost:
 *
 *     measure RESULT OUTPUT COMMAND [ARGUMENT…]
 *
 * RESULT gets one line: CPU seconds (user and system), wall seconds, peak memory in KiB, exit
 * status (128 + n after signal n).  OUTPUT gets the command's standard output.
 *
 * A program of its own, and a small one: Linux counts the peak of the parent's image in that of a
 * child (the mark is taken at exec), so a shell or Python in its place would hide what an empty
 * script needs.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: measure RESULT OUTPUT COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    double start = now();
    pid_t child = fork();
    if (child < 0) {
        perror("measure: fork");
        return 2;
    }
    if (child == 0) {
        int output = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0666);
        int input = open("/dev/null", O_RDONLY);
        if (output < 0 || input < 0 || dup2(output, 1) < 0 || dup2(input, 0) < 0) {
            perror("measure: cannot redirect");
            _exit(127);
        }
        execvp(argv[3], argv + 3);
        fprintf(stderr, "measure: %s: %s\n", argv[3], strerror(errno));
        _exit(127);
    }

    int status;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0) {
        if (errno != EINTR) {
            perror("measure: wait4");
            return 2;
        }
    }
    double wall = now() - start;
    FILE *result = fopen(argv[1], "w");
    if (result == NULL) {
        perror(argv[1]);
        return 2;
    }
    fprintf(result, "%.6f %.6f %ld %d\n", seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
            wall, usage.ru_maxrss,
            WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    return fclose(result) == 0 ? 0 : 2;
}
