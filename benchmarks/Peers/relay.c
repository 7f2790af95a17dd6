// The floor of a stream: what it receives it sends back, unread, from a buffer as large as that of a loop of the toolkit.
#include "listen.h"

#define EVENTS 256

typedef struct {
    int fd;
    uint32_t watched;
    size_t begin, end;
    char bytes[IN_BYTES];
} connection;

static int g_epoll;

// Returns 0 if the connection is over.
static int serve(connection *c) {
    if (c->begin == c->end) {
        ssize_t n = recv(c->fd, c->bytes, IN_BYTES, 0);
        if (n <= 0) return n < 0 && errno == EAGAIN;
        c->begin = 0;
        c->end = (size_t)n;
    }
    while (c->begin < c->end) {
        ssize_t n = send(c->fd, c->bytes + c->begin, c->end - c->begin, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno != EAGAIN) return 0;
            break;
        }
        c->begin += (size_t)n;
    }
    uint32_t wanted = c->begin < c->end ? EPOLLOUT : EPOLLIN;
    if (wanted != c->watched) watch(g_epoll, EPOLL_CTL_MOD, c->fd, c->watched = wanted, c);
    return 1;
}

int main(void) {
    int listener = listen_on_free_port();
    g_epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(g_epoll, EPOLL_CTL_ADD, listener, EPOLLIN, NULL);
    for (struct epoll_event events[EVENTS];;) {
        int n = epoll_wait(g_epoll, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            connection *c = events[i].data.ptr;
            if (c) {
                if (serve(c)) continue;
                close(c->fd);
                free(c);
            } else {
                for (int fd; (fd = accept_one(listener)) >= 0;) {
                    if (!(c = calloc(1, sizeof *c))) die("calloc");
                    c->fd = fd;
                    watch(g_epoll, EPOLL_CTL_ADD, fd, c->watched = EPOLLIN, c);
                }
            }
        }
    }
}
