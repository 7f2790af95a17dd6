// PEERS connections, of which the last says something, again and again; all must receive it before it says the next.
// usage: broadcast PORT PID PEERS BODY WARM SECONDS
// Every copy is checked: id, length, every byte of the body, and the number in its first 8 bytes. The first WARM seconds are
// not counted.
#include "line.h"

#define EVENTS 1024
#define PATIENCE_MS 10000

typedef struct {
    int fd;
    size_t end;
    char *in;
} connection;

static size_t g_frame;

// Returns whether the copy is complete.
static int receive(connection *c, const char *frame) {
    ssize_t n = recv(c->fd, c->in + c->end, g_frame - c->end, 0);
    if (n <= 0) die("recv");
    c->end += (size_t)n;
    if (c->end < g_frame) return 0;
    if (memcmp(c->in, frame, g_frame)) fail("a wrong copy");
    c->end = 0;
    return 1;
}

int main(int argc, char **argv) {
    if (argc < 7) fail("usage: broadcast PORT PID PEERS BODY WARM SECONDS");
    int port = atoi(argv[1]), count = atoi(argv[3]), body = atoi(argv[4]);
    pid_t pid = atoi(argv[2]);
    double warm_s = atof(argv[5]), seconds = atof(argv[6]);
    if (count < 1 || body < 8) fail("broadcast: a body of 8 bytes at least, and one peer");
    g_frame = HEADER_BYTES + (size_t)body;
    allow_many_descriptors();
    int epoll = epoll_create1(0);
    connection *all = calloc((size_t)count, sizeof *all);
    char *frame = malloc(g_frame);
    if (!all || !frame) die("malloc");
    write_frame(frame, 1, body, 1);
    for (int i = 0; i < count; i++) {
        all[i].fd = connect_to(port);
        if (!(all[i].in = malloc(g_frame))) die("malloc");
        watch(epoll, EPOLL_CTL_ADD, all[i].fd, EPOLLIN, &all[i]);
    }

    // Whoever came last is heard after all others were accepted: nobody misses the first message.
    int speaker = all[count - 1].fd;
    uint64_t begin = now_ns(), from = 0, cpu_from = 0, messages = 0, now = begin, slowest = 0;
    uint64_t warm = begin + (uint64_t)(warm_s * NS_PER_S), counted = (uint64_t)(seconds * NS_PER_S);
    for (uint64_t number = 0; !from || now < from + counted; number++) {
        if (!from && now >= warm) {
            from = now;
            cpu_from = cpu_ns(pid);
            messages = 0;
        }
        memcpy(frame + HEADER_BYTES, &number, 8);
        if (send(speaker, frame, g_frame, MSG_NOSIGNAL) != (ssize_t)g_frame) die("send");
        for (int left = count; left > 0;) {
            struct epoll_event events[EVENTS];
            int n = epoll_wait(epoll, events, EVENTS, PATIENCE_MS);
            if (n == 0) fail("stalled: somebody has received nothing");
            for (int i = 0; i < n; i++) left -= receive(events[i].data.ptr, frame);
        }
        uint64_t after = now_ns();
        if (from && after - now > slowest) slowest = after - now;
        now = after;
        messages++;
    }

    double cpu_s = (double)(cpu_ns(pid) - cpu_from) / NS_PER_S, counted_s = (double)(now - from) / NS_PER_S;
    printf("messages_per_s=%.1f cpu_us=%.1f slowest_us=%.0f busy=%.3f\n",
        (double)messages / counted_s, cpu_s * 1e6 / (double)messages, (double)slowest / 1000, cpu_s / counted_s);
    return 0;
}
