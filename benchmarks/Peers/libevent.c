// The same echo on libevent, with its buffers, as its manual has it: a library that others build servers on.
#include "listen.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>

static void on_read(struct bufferevent *line, void *unused) {
    (void)unused;
    struct evbuffer *in = bufferevent_get_input(line), *out = bufferevent_get_output(line);
    for (;;) {
        int32_t body;
        if (evbuffer_copyout(in, &body, 4) < 4) return;
        if (body < 0 || body > LONGEST_BODY) {
            bufferevent_free(line);
            return;
        }
        size_t frame = HEADER_BYTES + (size_t)body;
        if (evbuffer_get_length(in) < frame) return;
        // Copied, as the others do: a message that is moved was never looked at.
        const unsigned char *bytes = evbuffer_pullup(in, (ssize_t)frame);
        evbuffer_add(out, bytes, frame);
        evbuffer_drain(in, frame);
    }
}

static void on_end(struct bufferevent *line, short what, void *unused) {
    (void)what, (void)unused;
    bufferevent_free(line);
}

static void on_connection(evutil_socket_t listener, short what, void *base) {
    (void)what;
    for (int fd; (fd = accept_one(listener)) >= 0;) {
        struct bufferevent *line = bufferevent_socket_new(base, fd, BEV_OPT_CLOSE_ON_FREE);
        bufferevent_setcb(line, on_read, NULL, on_end, NULL);
        bufferevent_set_max_single_read(line, IN_BYTES);
        bufferevent_enable(line, EV_READ | EV_WRITE);
    }
}

int main(void) {
    int listener = listen_on_free_port();
    struct event_base *base = event_base_new();
    event_add(event_new(base, listener, EV_READ | EV_PERSIST, on_connection, base), NULL);
    return event_base_dispatch(base);
}
