// The floor of a stream: what it receives it sends back, unread, from a buffer as large as that of a loop of the toolkit.
#include "serve.h"

typedef struct {
    int fd;
    uint32_t watched;
    size_t begin, end;
    char bytes[IN_BYTES];
} connection;

static void *opened(int fd) {
    connection *c = calloc(1, sizeof *c);
    if (!c) die("calloc");
    c->fd = fd;
    c->watched = EPOLLIN;
    return c;
}

// Returns 0 if the connection is over.
static int serve(void *who, uint32_t events) {
    connection *c = who;
    (void)events;
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

int main(void) { serve_all(opened, serve); }
