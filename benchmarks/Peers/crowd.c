// The floor of a group: what one connection says is sent to all of them, one call of `send` each, from one buffer.
#include "listen.h"

#define EVENTS 256
#define MOST_CONNECTIONS 20000
#define FRAME_BYTES (HEADER_BYTES + 4096)

static int g_all[MOST_CONNECTIONS], g_count;

// Whoever loads it waits for all copies of a message before the next, so that each is received whole, and there is always room for its answers.
static void serve(int fd) {
    char in[FRAME_BYTES], out[FRAME_BYTES];
    size_t end = 0;
    ssize_t n = recv(fd, in, sizeof in, 0);
    if (n == 0 || (n < 0 && errno == ECONNRESET)) exit(0);
    if (n < 0 || echo_frames(in, (size_t)n, out, &end, sizeof out) != n) die("recv");
    for (int i = 0; i < g_count; i++) {
        if (send(g_all[i], out, end, MSG_NOSIGNAL) != (ssize_t)end) die("send");
    }
}

int main(void) {
    int listener = listen_on_free_port(), epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(epoll, EPOLL_CTL_ADD, listener, EPOLLIN, &g_count);
    for (struct epoll_event events[EVENTS];;) {
        int n = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            int *fd = events[i].data.ptr;
            if (fd != &g_count) serve(*fd);
            else while (g_count < MOST_CONNECTIONS && (g_all[g_count] = accept_one(listener)) >= 0) {
                watch(epoll, EPOLL_CTL_ADD, g_all[g_count], EPOLLIN, &g_all[g_count]);
                g_count++;
            }
        }
    }
}
