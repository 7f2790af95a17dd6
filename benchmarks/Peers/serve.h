// The loop of the servers on bare epoll.
#ifndef SERVE_H
#define SERVE_H

#include "listen.h"

#define EVENTS 256

static int g_epoll;

// A connection begins with its descriptor. `opened` makes one, `serve` is told what is ready and returns 0 when it is over. Both are known where this is
// compiled: what it calls costs no more than what is written in its place.
static inline void serve_all(void *(*opened)(int fd), int (*serve)(void *connection, uint32_t events)) {
    int listener = listen_on_free_port();
    g_epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(g_epoll, EPOLL_CTL_ADD, listener, EPOLLIN, NULL);
    for (struct epoll_event events[EVENTS];;) {
        int n = epoll_wait(g_epoll, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            void *connection = events[i].data.ptr;
            if (!connection) {
                for (int fd; (fd = accept_one(listener)) >= 0;) watch(g_epoll, EPOLL_CTL_ADD, fd, EPOLLIN, opened(fd));
            } else if (!serve(connection, events[i].events)) {
                close(*(int *)connection);
                free(connection);
            }
        }
    }
}

#endif
