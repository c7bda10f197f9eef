/* LD_PRELOAD for a directory server under test.
 *
 * Its clock is ahead by the seconds that stand in the file MOVED_CLOCK (8 bytes, in the machine's order).
 * Samba cannot be told other ports: MOVED_PORTS is four numbers, what it listens on instead of 389, 636, 3268, 3269;
 * it tells LDAPS by the port it sees itself at, so that is moved back. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int WELL_KNOWN[4] = {389, 636, 3268, 3269};
static volatile const int64_t *ahead;

static time_t seconds_ahead(void)
{
    static int looked;

    if (!looked) {
        const char *file = getenv("MOVED_CLOCK");
        int fd = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
        void *seen = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *ahead, PROT_READ, MAP_SHARED, fd, 0);

        if (fd >= 0)
            close(fd);
        if (seen != MAP_FAILED)
            ahead = seen;
        looked = 1;
    }
    return ahead ? (time_t)*ahead : 0;
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    long failed = syscall(SYS_clock_gettime, clock, out);

    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        out->tv_sec += seconds_ahead();
    return (int)failed;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    long failed = syscall(SYS_gettimeofday, out, zone);

    if (!failed)
        out->tv_sec += seconds_ahead();
    return (int)failed;
}

time_t time(time_t *out)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    if (out)
        *out = now.tv_sec;
    return now.tv_sec;
}

/* ``forth`` from a well-known port to ours, else back; a port that is neither stays what it is. */
static void move(struct sockaddr_in *address, int forth)
{
    const char *text = getenv("MOVED_PORTS");
    int ours[4];

    if (!text || sscanf(text, "%d,%d,%d,%d", &ours[0], &ours[1], &ours[2], &ours[3]) != 4)
        return;
    for (int i = 0; i < 4; i++) {
        if (ntohs(address->sin_port) == (forth ? WELL_KNOWN : ours)[i]) {
            address->sin_port = htons((uint16_t)(forth ? ours : WELL_KNOWN)[i]);
            return;
        }
    }
}

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
    int (*next)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
    struct sockaddr_in inet;

    if (address->sa_family != AF_INET || length < sizeof inet)
        return next(fd, address, length);
    inet = *(const struct sockaddr_in *)address;
    move(&inet, 1);
    return next(fd, (const struct sockaddr *)&inet, sizeof inet);
}

int getsockname(int fd, struct sockaddr *restrict address, socklen_t *restrict length)
{
    int (*next)(int, struct sockaddr *, socklen_t *) = dlsym(RTLD_NEXT, "getsockname");
    int failed = next(fd, address, length);

    if (!failed && address->sa_family == AF_INET)
        move((struct sockaddr_in *)address, 0);
    return failed;
}
