/* LD_PRELOAD for vpcd, which listens on every address and has no option for it: listen on 127.0.0.1 only. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/socket.h>

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
    int (*next)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
    struct sockaddr_in inet;

    if (address->sa_family != AF_INET || length < sizeof inet)
        return next(fd, address, length);
    inet = *(const struct sockaddr_in *)address;
    if (inet.sin_addr.s_addr == htonl(INADDR_ANY))
        inet.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return next(fd, (const struct sockaddr *)&inet, sizeof inet);
}
