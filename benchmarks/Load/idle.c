// PEERS connections that send one message each, check its echo, and then say nothing until standard input ends.
// usage: idle PORT PID PEERS
#include "line.h"

#define BODY_BYTES 32

int main(int argc, char **argv) {
    if (argc < 4) fail("usage: idle PORT PID PEERS");
    int port = atoi(argv[1]), count = atoi(argv[3]);
    allow_many_descriptors();
    for (int i = 0; i < count; i++) echo_once(connect_to(port), BODY_BYTES, (uint32_t)i);
    printf("held=%d\n", count);
    fflush(stdout);
    for (char byte; read(0, &byte, 1) > 0;) {}
    return 0;
}
