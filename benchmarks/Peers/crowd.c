// The floor of a group: what one connection says is sent to all of them, one call of `send` each, from one buffer.
#include "serve.h"

#define MOST_CONNECTIONS 20000
#define FRAME_BYTES (HEADER_BYTES + 4096)

static int g_all[MOST_CONNECTIONS], g_count;

static void *opened(int fd) {
    if (g_count == MOST_CONNECTIONS) die("too many connections");
    g_all[g_count] = fd;
    return &g_all[g_count++];
}

// Whoever loads it waits for all copies of a message before the next, so that each is received whole, and there is always room for its answers. When the
// first connection ends, so does this.
static int serve(void *who, uint32_t events) {
    int fd = *(int *)who;
    (void)events;
    char in[FRAME_BYTES], out[FRAME_BYTES];
    size_t end = 0;
    ssize_t n = recv(fd, in, sizeof in, 0);
    if (n == 0 || (n < 0 && errno == ECONNRESET)) exit(0);
    if (n < 0 || echo_frames(in, (size_t)n, out, &end, sizeof out) != n) die("recv");
    for (int i = 0; i < g_count; i++) {
        if (send(g_all[i], out, end, MSG_NOSIGNAL) != (ssize_t)end) die("send");
    }
    return 1;
}

int main(void) { serve_all(opened, serve); }
