// What every program of this folder needs: the clock, the processor time of the server, and connections to it.
#ifndef LINE_H
#define LINE_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HEADER_BYTES 8
#define NS_PER_S 1000000000ull

static inline void die(const char *what) {
    if (errno) perror(what); else fprintf(stderr, "%s\n", what);
    exit(1);
}

// What went wrong is said in words alone: errno has nothing to do with it.
static inline void fail(const char *what) {
    errno = 0;
    die(what);
}

static inline uint64_t read_clock_ns(clockid_t clock) {
    struct timespec t;
    if (clock_gettime(clock, &t)) die("clock_gettime");
    return (uint64_t)t.tv_sec * NS_PER_S + (uint64_t)t.tv_nsec;
}

static inline uint64_t now_ns(void) { return read_clock_ns(CLOCK_MONOTONIC); }

// The time that all threads of the process have had of a processor, user and kernel, those that have ended included.
static inline uint64_t cpu_ns(pid_t pid) {
    clockid_t clock;
    if (clock_getcpuclockid(pid, &clock)) fail("the server has ended");
    return read_clock_ns(clock);
}

static inline void allow_many_descriptors(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit)) die("getrlimit");
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit)) die("setrlimit");
}

static inline int connect_to(int port) {
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) die("socket");
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) die("connect");
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one)) die("TCP_NODELAY");
    return fd;
}

static inline void never_block(int fd) {
    if (fcntl(fd, F_SETFL, O_NONBLOCK)) die("O_NONBLOCK");
}

static inline void watch(int epoll, int operation, int fd, uint32_t events, void *who) {
    struct epoll_event event = { .events = events, .data.ptr = who };
    if (epoll_ctl(epoll, operation, fd, &event)) die("epoll_ctl");
}

// A frame: the length of the body and the id, both int32, little-endian, and a body of which every byte follows from the seed.
static inline void write_frame(char *frame, int id, int body_bytes, uint32_t seed) {
    memcpy(frame, &body_bytes, 4);
    memcpy(frame + 4, &id, 4);
    for (int i = 0; i < body_bytes; i++) {
        seed = seed * 1664525u + 1013904223u;
        frame[HEADER_BYTES + i] = (char)(seed >> 24);
    }
}

// Sends one message with the id 1, and waits for the same.
static inline void echo_once(int fd, int body_bytes, uint32_t seed) {
    char frame[HEADER_BYTES + 256], reply[sizeof frame];
    size_t bytes = HEADER_BYTES + (size_t)body_bytes;
    if (bytes > sizeof frame) fail("echo_once: a body of 256 bytes at most");
    write_frame(frame, 1, body_bytes, seed);
    if (send(fd, frame, bytes, MSG_NOSIGNAL) != (ssize_t)bytes) die("send");
    if (recv(fd, reply, bytes, MSG_WAITALL) != (ssize_t)bytes) die("recv");
    if (memcmp(frame, reply, bytes)) fail("a wrong reply");
}

#endif
