/* Answers both APIs' calls as fast as one thread can, over HTTP/1.1 with kept connections.
 *
 * usage: responder [DELAY_MICROSECONDS]
 *
 * It prints its port, and when the first mint is asked for (seconds of the monotonic clock).
 *
 * It answers POST /processor/token/create, POST /api/v0.1/accounts/processor_tokens and GET .../external_accounts as the
 * APIs document success, each answer DELAY after its request, and keeps no state but two counters, which GET /counts
 * tells as "MINTS LINKS". It judges nothing: the strict one is `relink simulate`. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 4096, LARGEST_REQUEST = 16384, LARGEST_ANSWER = 1024, MOST_WAITING = 8192 };

struct connection {
    unsigned generation;
    int used;
    char request[LARGEST_REQUEST + 1];
};

/* An answer that waits for its time; all wait equally long, so that they leave in the order they came. */
struct waiting {
    long long due;
    int descriptor;
    unsigned generation;
    int length;
    char text[LARGEST_ANSWER];
};

static struct connection connections[MOST_CONNECTIONS];
static struct waiting line[MOST_WAITING];
static unsigned first_waiting, after_waiting;
static unsigned long mints, links;
static long long delay_microseconds;
/* Another in every process, so that no two servers give the same ids. */
static unsigned born;

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void transmit(int descriptor, const char *text, int length) {
    /* Answers are small and asked for one by one: the socket's buffer takes them whole. */
    if (send(descriptor, text, length, MSG_NOSIGNAL) != length) shutdown(descriptor, SHUT_RDWR);
}

static void answer(int descriptor, const char *status, const char *body, int length) {
    static char date[64];
    static time_t dated;
    time_t second = time(NULL);
    if (second != dated) {
        dated = second;
        strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime(&second));
    }
    char text[LARGEST_ANSWER];
    int size = snprintf(text, sizeof text,
                        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nDate: %s\r\nContent-Length: %d\r\n\r\n%.*s",
                        status, date, length, length, body);
    if (delay_microseconds == 0) return transmit(descriptor, text, size);
    if (after_waiting - first_waiting == MOST_WAITING) fail("too many answers wait");
    struct waiting *place = &line[after_waiting++ % MOST_WAITING];
    *place = (struct waiting){now() + delay_microseconds, descriptor, connections[descriptor].generation, size, {0}};
    memcpy(place->text, text, size);
}

/* The value of a text member of a JSON object, without looking at its escapes. */
static int member(const char *body, const char *name, const char **value) {
    const char *found = strstr(body, name);
    if (!found) return 0;
    found = strchr(found + strlen(name), '"');
    if (!found) return 0;
    *value = ++found;
    const char *end = strchr(found, '"');
    return end ? end - found : 0;
}

static void mint(int descriptor) {
    char body[256];
    unsigned long number = ++mints;
    if (number == 1) {
        printf("%.6f\n", now() / 1e6);
        fflush(stdout);
    }
    int length = snprintf(body, sizeof body,
                          "{\"processor_token\":\"processor-sandbox-%08lx-0000-4000-8000-%012lx\","
                          "\"request_id\":\"bench%010lx\"}",
                          number & 0xffffffff, number, number);
    answer(descriptor, "200 OK", body, length);
}

static void make_link(int descriptor, const char *request) {
    const char *customer = "";
    int length = member(request, "\"customer_id\":", &customer);
    if (length == 0) return answer(descriptor, "400 Bad Request", "{}", 2);
    char body[512];
    unsigned long number = ++links;
    int size = snprintf(body, sizeof body,
                        "{\"account_id\":\"%08x-0000-4000-8000-%012lx\","
                        "\"linked_account_id\":\"%08x-0000-4000-8000-%012lx\",\"customer_id\":\"%.*s\","
                        "\"type\":\"external\",\"link_type\":\"plaid\",\"status\":\"active\","
                        "\"verification_status\":\"instantly_verified\","
                        "\"date_created\":\"2026-01-05T18:02:11.123456+00:00\","
                        "\"date_updated\":\"2026-01-05T18:02:11.123456+00:00\"}",
                        born, number, born, number, length > 64 ? 64 : length, customer);
    answer(descriptor, "201 Created", body, size);
}

static void tell_counts(int descriptor) {
    char body[64];
    answer(descriptor, "200 OK", body, snprintf(body, sizeof body, "%lu %lu", mints, links));
}

static void serve(int descriptor, const char *head, const char *body) {
    if (strncmp(head, "POST /processor/token/create ", 29) == 0) return mint(descriptor);
    if (strncmp(head, "POST /api/v0.1/accounts/processor_tokens ", 41) == 0) return make_link(descriptor, body);
    if (strncmp(head, "GET /counts ", 12) == 0) return tell_counts(descriptor);
    if (strncmp(head, "GET ", 4) == 0) return answer(descriptor, "200 OK", "[]", 2);
    answer(descriptor, "404 Not Found", "{}", 2);
}

static int length_of_body(const char *head, const char *end) {
    for (const char *at = head; (at = memchr(at, '\n', end - at)) && ++at < end;) {
        if (strncasecmp(at, "content-length:", 15) == 0) return atoi(at + 15);
    }
    return 0;
}

/* Serves every whole request that has come; returns whether the connection goes on. */
static int take(int descriptor) {
    struct connection *connection = &connections[descriptor];
    ssize_t count = recv(descriptor, connection->request + connection->used, LARGEST_REQUEST - connection->used, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return 1;
    if (count <= 0) return 0;
    connection->used += count;
    connection->request[connection->used] = 0;
    char *start = connection->request, *limit = start + connection->used, *end;
    while ((end = memmem(start, limit - start, "\r\n\r\n", 4))) {
        char *body = end + 4, *after = body + length_of_body(start, end);
        if (after > limit) break;
        char next = *after;
        *after = 0;
        serve(descriptor, start, body);
        *after = next;
        start = after;
    }
    connection->used = limit - start;
    memmove(connection->request, start, connection->used);
    return connection->used < LARGEST_REQUEST;
}

static void welcome(int listener, int poll) {
    int on = 1, descriptor;
    while ((descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (descriptor >= MOST_CONNECTIONS) fail("too many connections");
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connections[descriptor].used = 0;
        struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
        if (epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) < 0) fail("epoll_ctl");
    }
}

/* Sends what is due, and returns how long the next may wait: microseconds, or -1 where none does. */
static long long release(void) {
    while (first_waiting != after_waiting) {
        struct waiting *next = &line[first_waiting % MOST_WAITING];
        long long left = next->due - now();
        if (left > 0) return left;
        if (connections[next->descriptor].generation == next->generation)
            transmit(next->descriptor, next->text, next->length);
        first_waiting++;
    }
    return -1;
}

int main(int count, char **arguments) {
    delay_microseconds = count > 1 ? atoll(arguments[1]) : 0;
    born = now();
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), poll = epoll_create1(0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (listener < 0 || poll < 0 || bind(listener, (struct sockaddr *)&address, size) < 0
        || listen(listener, 1024) < 0 || getsockname(listener, (struct sockaddr *)&address, &size) < 0)
        fail("responder");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
    if (epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event) < 0) fail("epoll_ctl");
    while (1) {
        long long wait = release();
        struct timespec time = {wait / 1000000, wait % 1000000 * 1000};
        int ready = epoll_pwait2(poll, events, 256, wait < 0 ? NULL : &time, NULL);
        if (ready < 0 && errno != EINTR) fail("epoll_pwait2");
        for (int index = 0; index < ready; index++) {
            int descriptor = events[index].data.fd;
            if (descriptor == listener) {
                welcome(listener, poll);
            } else if (!take(descriptor)) {
                connections[descriptor].generation++;
                close(descriptor);
            }
        }
    }
}
