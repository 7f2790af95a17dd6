// The floor: an echo server on bare epoll. It parses each header, copies each message to where answers wait, and sends once for each read.
// It has no limits but its buffers, no deadlines, no counters and no log.
#include "serve.h"

typedef struct {
    int fd;
    uint32_t watched;
    size_t in_end, out_begin, out_end;
    char in[IN_BYTES];
    char out[OUT_BYTES];
} connection;

static void *opened(int fd) {
    connection *c = malloc(sizeof *c);
    if (!c) die("malloc");
    c->fd = fd;
    c->watched = EPOLLIN;
    c->in_end = c->out_begin = c->out_end = 0;
    return c;
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

static int serve(void *who, uint32_t events) {
    connection *c = who;
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

int main(void) { serve_all(opened, serve); }
