// A closed loop: CONNECTIONS that each have DEPTH messages in flight; whoever has a reply sends the next.
// usage: load PORT PID CONNECTIONS DEPTH BODY SECONDS ID [MESSAGES]
// Every reply is checked: id, length, every byte of the body, and the order (a number in the first 8 bytes of the body). The first tenth of the time is not
// counted. When it is over, what is still owed must come within 3 s. With MESSAGES that many are sent instead, whatever time they take, and all of them count.
// PID is the server: its processor time in what is counted is told with the rest, as one line of name=value.
#include "line.h"

#define BUFFER_BYTES (256 * 1024)
#define EVENTS 256
#define PATIENCE_NS (3 * NS_PER_S)

typedef struct {
    int fd;
    int waits_to_write;
    uint64_t sent, received;   // numbers of messages
    uint64_t *sent_at;         // of those in flight, by number modulo depth
    char *frame;               // what it sends, but for the number
    char *out;                 // depth frames
    size_t out_begin, out_end;
    char *in;                  // an unfinished reply
    size_t in_end;
} connection;

static int g_epoll, g_depth, g_id, g_body;
static size_t g_frame;
static uint64_t g_left = UINT64_MAX, g_owed, g_total, g_counted, g_count_from, g_count_to = UINT64_MAX;

// Buckets of latencies: 64 to a power of two, so that a percentile is right within 1.6 %.
#define BUCKETS_LOG2 6
static uint64_t g_buckets[64 << BUCKETS_LOG2];

static void note_latency(uint64_t ns) {
    ns |= 1ull << BUCKETS_LOG2;
    int power = 63 - __builtin_clzll(ns);
    g_buckets[((uint64_t)power << BUCKETS_LOG2) + ((ns >> (power - BUCKETS_LOG2)) & ((1 << BUCKETS_LOG2) - 1))]++;
}

static double percentile_us(double share) {
    uint64_t before = 0, rank = (uint64_t)((double)g_counted * share);
    for (uint64_t i = 0; i < sizeof g_buckets / sizeof *g_buckets; i++) {
        before += g_buckets[i];
        if (before > rank) {
            uint64_t power = i >> BUCKETS_LOG2, rest = i & ((1 << BUCKETS_LOG2) - 1);
            return (double)(((1ull << BUCKETS_LOG2) + rest) << (power - BUCKETS_LOG2)) / 1000;
        }
    }
    return 0;
}

static void flush(connection *c) {
    while (c->out_begin < c->out_end) {
        ssize_t n = send(c->fd, c->out + c->out_begin, c->out_end - c->out_begin, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno != EAGAIN) die("send");
            if (!c->waits_to_write) watch(g_epoll, EPOLL_CTL_MOD, c->fd, EPOLLIN | EPOLLOUT, c);
            c->waits_to_write = 1;
            return;
        }
        c->out_begin += (size_t)n;
    }
    c->out_begin = c->out_end = 0;
    if (c->waits_to_write) watch(g_epoll, EPOLL_CTL_MOD, c->fd, EPOLLIN, c);
    c->waits_to_write = 0;
}

static void fill(connection *c, uint64_t now) {
    while (g_left > 0 && c->sent - c->received < (uint64_t)g_depth && c->out_end + g_frame <= (size_t)g_depth * g_frame) {
        char *frame = c->out + c->out_end;
        memcpy(frame, c->frame, g_frame);
        memcpy(frame + HEADER_BYTES, &c->sent, 8);
        c->sent_at[c->sent++ % (uint64_t)g_depth] = now;
        c->out_end += g_frame;
        g_owed++;
        g_left--;
    }
}

static void check(connection *c, const char *reply, uint64_t now) {
    const size_t rest = HEADER_BYTES + 8;
    if (memcmp(reply, c->frame, HEADER_BYTES) || memcmp(reply + HEADER_BYTES, &c->received, 8)
        || memcmp(reply + rest, c->frame + rest, g_frame - rest)) fail("a wrong reply");
    if (now >= g_count_from && now <= g_count_to) {
        note_latency(now - c->sent_at[c->received % (uint64_t)g_depth]);
        g_counted++;
    }
    c->received++;
    g_total++;
    g_owed--;
}

static void receive(connection *c) {
    ssize_t n = recv(c->fd, c->in + c->in_end, BUFFER_BYTES - c->in_end, 0);
    if (n < 0 && errno == EAGAIN) return;
    if (n < 0) die("recv");
    if (n == 0) fail("the server closed a connection");
    c->in_end += (size_t)n;
    uint64_t now = now_ns();
    size_t begin = 0;
    for (; c->in_end - begin >= g_frame; begin += g_frame) check(c, c->in + begin, now);
    c->in_end -= begin;
    memmove(c->in, c->in + begin, c->in_end);
    if (c->out_begin == c->out_end) {
        fill(c, now);
        flush(c);
    }
}

static void open_line(connection *c, int port, int number) {
    c->fd = connect_to(port);
    never_block(c->fd);
    c->sent_at = calloc((size_t)g_depth, sizeof *c->sent_at);
    c->frame = malloc(g_frame);
    c->out = malloc((size_t)g_depth * g_frame);
    c->in = malloc(BUFFER_BYTES);
    if (!c->sent_at || !c->frame || !c->out || !c->in) die("malloc");
    write_frame(c->frame, g_id, g_body, (uint32_t)number);
    watch(g_epoll, EPOLL_CTL_ADD, c->fd, EPOLLIN, c);
}

int main(int argc, char **argv) {
    if (argc < 8) fail("usage: load PORT PID CONNECTIONS DEPTH BODY SECONDS ID [MESSAGES]");
    int port = atoi(argv[1]), count = atoi(argv[3]);
    pid_t pid = atoi(argv[2]);
    double seconds = atof(argv[6]);
    g_depth = atoi(argv[4]);
    g_body = atoi(argv[5]);
    g_id = atoi(argv[7]);
    g_frame = HEADER_BYTES + (size_t)g_body;
    if (g_body < 8 || g_frame > BUFFER_BYTES || count < 1 || g_depth < 1) fail("load: a body of 8 bytes at least, and all numbers positive");
    allow_many_descriptors();
    g_epoll = epoll_create1(0);
    connection *all = calloc((size_t)count, sizeof *all);
    for (int i = 0; i < count; i++) open_line(&all[i], port, i);

    uint64_t begin = now_ns(), end = UINT64_MAX, cpu_from = cpu_ns(pid), cpu_to = 0;
    g_count_from = begin;
    if (argc > 8) g_left = strtoull(argv[8], NULL, 10);
    else {
        end = g_count_to = begin + (uint64_t)(seconds * NS_PER_S);
        g_count_from = begin + (uint64_t)(seconds * NS_PER_S / 10);
        cpu_from = 0;
    }
    for (int i = 0; i < count; i++) {
        fill(&all[i], begin);
        flush(&all[i]);
    }

    struct epoll_event events[EVENTS];
    uint64_t now = begin;
    while (g_owed > 0 && now < end + (end == UINT64_MAX ? 0 : PATIENCE_NS)) {
        int n = epoll_wait(g_epoll, events, EVENTS, (int)(PATIENCE_NS / 1000000));
        if (n == 0) fail("stalled: no reply for 3 s");
        now = now_ns();
        if (!cpu_from && now >= g_count_from) cpu_from = cpu_ns(pid);
        if (!cpu_to && now >= end) {
            cpu_to = cpu_ns(pid);
            g_left = 0;
        }
        for (int i = 0; i < n; i++) {
            connection *c = events[i].data.ptr;
            if (events[i].events & EPOLLOUT) flush(c);
            if (events[i].events & ~(uint32_t)EPOLLOUT) receive(c);
        }
    }
    if (g_owed > 0) fail("stalled: replies are still owed");
    if (!cpu_to) {
        g_count_to = now_ns();
        cpu_to = cpu_ns(pid);
    }

    double counted_s = (double)(g_count_to - g_count_from) / NS_PER_S, cpu_s = (double)(cpu_to - cpu_from) / NS_PER_S;
    printf("messages_per_s=%.0f messages_per_cpu_s=%.0f p50_us=%.1f p99_us=%.1f p999_us=%.1f busy=%.3f total=%llu\n",
        (double)g_counted / counted_s, (double)g_counted / cpu_s, percentile_us(.5), percentile_us(.99), percentile_us(.999),
        cpu_s / counted_s, (unsigned long long)g_total);
    return 0;
}
