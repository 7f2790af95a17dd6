// The floor: an echo server on bare epoll. It parses each header, copies each message to where answers wait, and sends once for each read.
// It has no limits but its buffers, no deadlines, no counters and no log.
#include "listen.h"

#define EVENTS 256

typedef struct {
    int fd;
    uint32_t watched;
    size_t in_end, out_begin, out_end;
    char in[IN_BYTES];
    char out[OUT_BYTES];
} connection;

static int g_epoll;

static void accept_all(int listener) {
    for (int fd; (fd = accept_one(listener)) >= 0;) {
        connection *c = malloc(sizeof *c);
        if (!c) die("malloc");
        c->fd = fd;
        c->watched = EPOLLIN;
        c->in_end = c->out_begin = c->out_end = 0;
        watch(g_epoll, EPOLL_CTL_ADD, fd, EPOLLIN, c);
    }
}

// Returns 0 if the connection is over.
static int parse(connection *c) {
    ssize_t taken = echo_frames(c->in, c->in_end, c->out, &c->out_end, OUT_BYTES);
    if (taken < 0) return 0;
    c->in_end -= (size_t)taken;
    if (c->in_end) memmove(c->in, c->in + taken, c->in_end);
    return 1;
}

static int flush(connection *c) {
    while (c->out_begin < c->out_end) {
        ssize_t n = send(c->fd, c->out + c->out_begin, c->out_end - c->out_begin, MSG_NOSIGNAL);
        if (n < 0) return errno == EAGAIN;
        c->out_begin += (size_t)n;
    }
    c->out_begin = c->out_end = 0;
    return 1;
}

static int serve(connection *c, uint32_t events) {
    if (events & EPOLLOUT) {
        if (!flush(c)) return 0;
        if (c->out_end == 0 && !(parse(c) && flush(c))) return 0;
    } else {
        ssize_t n = recv(c->fd, c->in + c->in_end, IN_BYTES - c->in_end, 0);
        if (n == 0 || (n < 0 && errno != EAGAIN)) return 0;
        if (n > 0) {
            c->in_end += (size_t)n;
            if (!parse(c) || !flush(c)) return 0;
        }
    }
    // Who does not take its answers is not read.
    uint32_t wanted = c->out_end > 0 ? EPOLLOUT : EPOLLIN;
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
            if (!c) accept_all(listener);
            else if (!serve(c, events[i].events)) {
                close(c->fd);
                free(c);
            }
        }
    }
}
