#define _GNU_SOURCE
#include "Requests.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "Recorder.h"
#include "Rules.h"

enum { CONNECTION_LIMIT = 65536, HEAD_LIMIT = 8192 };

/// What is known of the one request that a connection carries at a time.
typedef struct {
    enum { IDLE, HEAD, BODY } phase;
    API api;
    int is_announced;
    API awaits;
    size_t head_length;
    size_t body_left;
    char head[HEAD_LIMIT];
} Stream;

/// Where in some bytes a request's head and its end are, if they are in them.
typedef struct {
    int ends_head;
    int ends;
    size_t head_end;
} Marks;

static _Atomic(Stream *) streams[CONNECTION_LIMIT];
static atomic_int doomed;
static const char *const names[] = {"none", "bond", "plaid", "list", "remove"};

int watches_requests(void) {
    static atomic_int known;
    int state = atomic_load(&known);
    if (!state) {
        int wanted = is_recording();
        for (int point = POINT_REQUEST; point <= POINT_RECEIVED; point++) wanted |= is_watched((Point)point);
        state = wanted ? 2 : 1;
        atomic_store(&known, state);
    }
    return state == 2;
}

static int begins_request(const char *bytes, size_t count) {
    return (count > 5 && memcmp(bytes, "POST ", 5) == 0) || (count > 4 && memcmp(bytes, "GET ", 4) == 0)
        || (count > 7 && memcmp(bytes, "DELETE ", 7) == 0);
}

static Stream *stream_of(int connection) {
    if (connection < 0 || connection >= CONNECTION_LIMIT) return NULL;
    return atomic_load(&streams[connection]);
}

static Stream *make_stream(int connection) {
    Stream *stream = stream_of(connection);
    if (stream || connection < 0 || connection >= CONNECTION_LIMIT) return stream;
    stream = calloc(1, sizeof *stream);
    atomic_store(&streams[connection], stream);
    return stream;
}

int is_request(int connection, const void *bytes, size_t count) {
    Stream *stream = stream_of(connection);
    return (stream && stream->phase != IDLE) || begins_request(bytes, count);
}

static API api_of(const char *bytes, size_t count) {
    const char *end = memmem(bytes, count, "\r\n", 2);
    size_t line = end ? (size_t)(end - bytes) : count;
    int posts = bytes[0] == 'P';
    if (posts && memmem(bytes, line, "/accounts/processor_tokens", 26)) return API_BOND;
    if (posts && memmem(bytes, line, "/processor/token/create", 23)) return API_PLAID;
    if (bytes[0] == 'D') return API_REMOVE;
    if (!posts && memmem(bytes, line, "/external_accounts", 18)) return API_LIST;
    return API_NONE;
}

static size_t body_length(const char *head) {
    const char *field = strcasestr(head, "\r\ncontent-length:");
    return field ? strtoul(field + 17, NULL, 10) : 0;
}

/// Takes bytes into what is known of a request.
static Marks take(Stream *stream, const char *bytes, size_t count) {
    Marks marks = {0, 0, 0};
    size_t used = 0;
    if (stream->phase == IDLE) {
        stream->phase = HEAD;
        stream->head_length = 0;
        stream->api = api_of(bytes, count);
    }
    while (stream->phase == HEAD && used < count) {
        if (stream->head_length < HEAD_LIMIT - 1) stream->head[stream->head_length++] = bytes[used];
        used++;
        stream->head[stream->head_length] = 0;
        if (stream->head_length < 4 || memcmp(stream->head + stream->head_length - 4, "\r\n\r\n", 4) != 0) continue;
        marks.ends_head = 1;
        marks.head_end = used;
        stream->body_left = body_length(stream->head);
        stream->phase = BODY;
    }
    if (stream->phase != BODY) return marks;
    size_t body = count - used < stream->body_left ? count - used : stream->body_left;
    stream->body_left -= body;
    if (stream->body_left > 0) return marks;
    marks.ends = 1;
    stream->phase = IDLE;
    return marks;
}

static void send_and_die(int connection, const char *bytes, size_t count) {
    while (count > 0) {
        long sent = syscall(SYS_write, connection, bytes, count);
        if (sent <= 0 && errno != EINTR && errno != EAGAIN) break;
        if (sent <= 0) continue;
        bytes += sent;
        count -= (size_t)sent;
    }
    die();
}

ssize_t send_request(int connection, const void *bytes, size_t count) {
    Stream *stream = make_stream(connection);
    if (!stream) return syscall(SYS_write, connection, bytes, count);
    Stream after = *stream;
    Marks marks = take(&after, bytes, count);
    API api = after.api;
    if (api && !stream->is_announced) {
        int error = strike(POINT_REQUEST, names[api]);
        if (error > 0) return errno = error, -1;
        record_alone(RECORD_REQUEST, (uint32_t)connection, api, bytes, count);
        // A connection whose buffer is full gets the same bytes again.
        stream->is_announced = after.is_announced = 1;
    } else if (api) {
        record_alone(RECORD_MORE, (uint32_t)connection, api, bytes, count);
    }
    if (api && marks.ends_head && strike(POINT_HEAD, names[api]) == STRIKE_DIE)
        send_and_die(connection, bytes, marks.head_end);
    long sent = syscall(SYS_write, connection, bytes, count);
    if (sent < 0) return sent;
    if ((size_t)sent == count) {
        *stream = after;
    } else {
        marks = take(stream, bytes, (size_t)sent);
    }
    if (!marks.ends) return sent;
    stream->is_announced = 0;
    if (!api) return sent;
    stream->awaits = api;
    int error = strike(POINT_SENT, names[api]);
    return error > 0 ? (errno = error, -1) : sent;
}

ssize_t receive(int connection, ssize_t count) {
    Stream *stream = stream_of(connection);
    if (!stream || !stream->awaits || (count < 0 && (errno == EAGAIN || errno == EINTR))) return count;
    API api = stream->awaits;
    stream->awaits = API_NONE;
    if (count <= 0) {
        int kept = errno;
        record_alone(RECORD_ANSWERED, (uint32_t)connection, api, NULL, 0);
        errno = kept;
        return count;
    }
    int error = strike(POINT_ANSWERED, names[api]);
    if (error > 0) return errno = error, -1;
    record_alone(RECORD_ANSWERED, (uint32_t)connection, api, NULL, 0);
    if (strike(POINT_RECEIVED, names[api]) == STRIKE_DIE) atomic_store(&doomed, 1);
    return count;
}

void forget_connection(int connection) {
    Stream *stream = stream_of(connection);
    if (!stream) return;
    if (stream->awaits) record_alone(RECORD_ANSWERED, (uint32_t)connection, stream->awaits, NULL, 0);
    atomic_store(&streams[connection], NULL);
    free(stream);
}

int is_doomed(void) { return atomic_load(&doomed); }
