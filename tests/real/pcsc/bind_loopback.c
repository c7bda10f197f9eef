/* LD_PRELOAD for vpcd and ippeveprinter, which listen on every address and have no option for it: only on loopback. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/socket.h>

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
    int (*next)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
    struct sockaddr_in inet;
    struct sockaddr_in6 inet6;

    if (address->sa_family == AF_INET6 && length >= sizeof inet6) {
        inet6 = *(const struct sockaddr_in6 *)address;
        if (IN6_IS_ADDR_UNSPECIFIED(&inet6.sin6_addr))
            inet6.sin6_addr = in6addr_loopback;
        return next(fd, (const struct sockaddr *)&inet6, sizeof inet6);
    }
    if (address->sa_family != AF_INET || length < sizeof inet)
        return next(fd, address, length);
    inet = *(const struct sockaddr_in *)address;
    if (inet.sin_addr.s_addr == htonl(INADDR_ANY))
        inet.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return next(fd, (const struct sockaddr *)&inet, sizeof inet);
}
