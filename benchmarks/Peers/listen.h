// Where the servers in C listen: a free port of the loopback, told in one line on standard output.
#ifndef LISTEN_H
#define LISTEN_H

#define _GNU_SOURCE // accept4

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADER_BYTES 8
#define IN_BYTES (64 * 1024)
#define OUT_BYTES (128 * 1024)
#define LONGEST_BODY (OUT_BYTES / 2 - HEADER_BYTES)

static inline void die(const char *what) {
    perror(what);
    exit(1);
}

static inline int listen_on_free_port(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit)) die("getrlimit");
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit)) die("setrlimit");
    signal(SIGPIPE, SIG_IGN);

    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) || listen(fd, 4096) || getsockname(fd, (struct sockaddr *)&address, &size)) die("listen");
    printf("listening on 127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static inline void no_delay(int fd) {
    int one = 1;
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one)) die("TCP_NODELAY");
}

// Below 0 if nobody waits.
static inline int accept_one(int listener) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) no_delay(fd);
    return fd;
}

static inline void watch(int epoll, int operation, int fd, uint32_t events, void *who) {
    struct epoll_event event = { .events = events, .data.ptr = who };
    if (epoll_ctl(epoll, operation, fd, &event)) die("epoll_ctl");
}

// Copies the whole messages at the begin of what was received to where answers wait, as far as there is room.
// Returns how many bytes were taken; -1 if a header is wrong.
static inline ssize_t echo_frames(const char *in, size_t in_bytes, char *out, size_t *out_end, size_t out_bytes) {
    size_t taken = 0;
    while (in_bytes - taken >= HEADER_BYTES) {
        int32_t body;
        memcpy(&body, in + taken, 4);
        if (body < 0 || body > LONGEST_BODY) return -1;
        size_t frame = HEADER_BYTES + (size_t)body;
        if (in_bytes - taken < frame || *out_end + frame > out_bytes) break;
        memcpy(out + *out_end, in + taken, frame);
        *out_end += frame;
        taken += frame;
    }
    return (ssize_t)taken;
}

#endif
