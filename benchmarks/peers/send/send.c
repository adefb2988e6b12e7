/* The least that telling K clients of an event can cost: one send() of bytes made beforehand for each.
   send PORT-LESS: prints its port, takes K connections, and for each line "go N" on its input sends N frames to
   all of them. Usage: send K BYTES */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **arguments) {
    if (count != 3) {
        return 2;
    }
    int clients = atoi(arguments[1]);
    int length = atoi(arguments[2]);
    char *frame = malloc(length);
    int *sockets = malloc(clients * sizeof(int));
    memset(frame, 'x', length);
    frame[4] = frame[24] = '@';
    memset(frame + 5, '1', 19);

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, clients) ||
        getsockname(listener, (struct sockaddr *)&address, &size)) {
        perror("cannot listen");
        return 1;
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (int i = 0; i < clients; i++) {
        int on = 1;
        sockets[i] = accept(listener, NULL, NULL);
        setsockopt(sockets[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    }
    char line[64];
    while (fgets(line, sizeof(line), stdin)) {
        int events = atoi(line + 3);
        for (int event = 0; event < events; event++) {
            for (int i = 0; i < clients; i++) {
                if (send(sockets[i], frame, length, MSG_NOSIGNAL) != length) {
                    perror("cannot send");
                    return 1;
                }
            }
        }
        printf("ok\n");
        fflush(stdout);
    }
    return 0;
}
