#define _GNU_SOURCE
#include "Recorder.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int log_file = -1;
static uint64_t newest;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/// System calls alone, so that no rule and no record can be about the log itself.
static void append(RecordKind kind, uint32_t file, uint64_t offset, const void *bytes, size_t length) {
    RecordHead head = {kind, file, offset, length, ++newest};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)bytes, length}};
    if (syscall(SYS_writev, log_file, parts, 2) == (long)(sizeof head + length)) return;
    fprintf(stderr, "FaultShim: RELINK_RECORD cannot be written\n");
    _exit(74);
}

static void begin(void) {
    const char *path = getenv("RELINK_RECORD");
    if (!path) return;
    log_file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_file < 0) {
        fprintf(stderr, "FaultShim: RELINK_RECORD cannot be opened\n");
        _exit(73);
    }
    append(RECORD_BEGUN, (uint32_t)getpid(), 0, NULL, 0);
}

int is_recording(void) {
    pthread_once(&once, begin);
    return log_file >= 0;
}

void recorder_lock(void) { pthread_mutex_lock(&mutex); }

void recorder_unlock(void) { pthread_mutex_unlock(&mutex); }

uint64_t recorder_now(void) {
    recorder_lock();
    uint64_t now = newest;
    recorder_unlock();
    return now;
}

void record(RecordKind kind, uint32_t file, uint64_t offset, const void *bytes, size_t length) {
    if (is_recording()) append(kind, file, offset, bytes, length);
}

void record_alone(RecordKind kind, uint32_t file, uint64_t offset, const void *bytes, size_t length) {
    if (!is_recording()) return;
    recorder_lock();
    append(kind, file, offset, bytes, length);
    recorder_unlock();
}
