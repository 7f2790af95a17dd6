// Starts a server, connects to the port it tells, and ends it when its first message is back and checked. usage: start COMMAND…
#include "line.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#define BODY_BYTES 32

int main(int argc, char **argv) {
    int line[2];
    if (argc < 2) fail("usage: start COMMAND...");
    if (pipe(line)) die("pipe");
    uint64_t begin = now_ns();
    pid_t pid = fork();
    if (pid < 0) die("fork");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(line[1], 1);
        close(line[0]);
        close(line[1]);
        execvp(argv[1], argv + 1);
        die("exec");
    }
    close(line[1]);

    char told[256], *colon;
    FILE *output = fdopen(line[0], "r");
    if (!output || !fgets(told, sizeof told, output) || !(colon = strrchr(told, ':'))) fail("the server told no port");
    echo_once(connect_to(atoi(colon + 1)), BODY_BYTES, 1);
    uint64_t taken = now_ns() - begin, cpu = cpu_ns(pid);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    printf("ms=%.2f cpu_ms=%.2f\n", (double)taken / 1e6, (double)cpu / 1e6);
    return 0;
}
