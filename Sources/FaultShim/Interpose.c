#define _GNU_SOURCE
#include <features.h>

#if defined(__GLIBC__)

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "Files.h"
#include "Recorder.h"
#include "Requests.h"
#include "Rules.h"

/// The functions that stand in for the system library's own. They make the system call themselves: then it does not
/// matter which of the library's names a program used.

static long fail(int error) {
    errno = error;
    return -1;
}

// MARK: Files

static int open_at(int folder, const char *path, int flags, mode_t mode) {
    const char *name = last_part(path);
    int error = strike(POINT_OPEN, name);
    if (error > 0) return (int)fail(error);
    int is_new = (flags & O_CREAT) && faccessat(folder, path, F_OK, 0) != 0;
    int file = (int)syscall(SYS_openat, folder, path, flags, mode);
    int kept = errno;
    if (file >= 0) note_file(file, path, is_new);
    error = strike(POINT_OPENED, name);
    errno = kept;
    return error > 0 ? (int)fail(error) : file;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return open_at(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return open_at(folder, path, flags, mode); }

int close(int file) {
    forget_file(file);
    forget_connection(file);
    return (int)syscall(SYS_close, file);
}

static ssize_t write_now(int file, const void *bytes, size_t count, off_t offset) {
    if (offset < 0) return syscall(SYS_write, file, bytes, count);
    return syscall(SYS_pwrite64, file, bytes, count, offset);
}

/// Writes, and puts what was written on record before anything else can be.
static ssize_t write_on_record(int file, const void *bytes, size_t count, off_t offset) {
    unsigned number = number_of(file);
    if (!number || !is_recording()) return write_now(file, bytes, count, offset);
    recorder_lock();
    off_t place = offset < 0 ? lseek(file, 0, SEEK_CUR) : offset;
    ssize_t written = write_now(file, bytes, count, offset);
    int kept = errno;
    if (written > 0) record(RECORD_WRITTEN, number, (uint64_t)place, bytes, (size_t)written);
    recorder_unlock();
    errno = kept;
    return written;
}

static ssize_t write_file(int file, const char *name, const void *bytes, size_t count, off_t offset) {
    if (is_doomed() && fits("store", name)) die();
    int error = strike(POINT_WRITE, name);
    if (error > 0) return fail(error);
    if (error == STRIKE_SHORT && count > 1) count /= 2;
    if (strike(POINT_TORN, name) == STRIKE_DIE) {
        write_on_record(file, bytes, count / 2, offset);
        die();
    }
    ssize_t written = write_on_record(file, bytes, count, offset);
    int kept = errno;
    error = strike(POINT_WRITTEN, name);
    errno = kept;
    return error > 0 ? fail(error) : written;
}

static ssize_t write_any(int file, const void *bytes, size_t count, off_t offset) {
    const char *name = name_of(file);
    if (name) return write_file(file, name, bytes, count, offset);
    if (offset < 0 && watches_requests() && is_request(file, bytes, count)) return send_request(file, bytes, count);
    return write_now(file, bytes, count, offset);
}

ssize_t write(int file, const void *bytes, size_t count) { return write_any(file, bytes, count, -1); }
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) { return write_any(file, bytes, count, at); }
ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at) { return write_any(file, bytes, count, at); }

/// The parts as one piece, to be freed.
static char *gather(const struct iovec *parts, int count, size_t *total) {
    *total = 0;
    for (int i = 0; i < count; i++) *total += parts[i].iov_len;
    char *whole = malloc(*total + 1);
    char *end = whole;
    for (int i = 0; whole && i < count; i++) end = mempcpy(end, parts[i].iov_base, parts[i].iov_len);
    return whole;
}

static ssize_t write_parts(int file, const struct iovec *parts, int count, off_t offset) {
    size_t total;
    char *whole = gather(parts, count, &total);
    if (!whole) return fail(ENOMEM);
    ssize_t written = write_any(file, whole, total, offset);
    int kept = errno;
    free(whole);
    errno = kept;
    return written;
}

static int concerns_us(int file) { return name_of(file) != NULL || watches_requests(); }

ssize_t writev(int file, const struct iovec *parts, int count) {
    return concerns_us(file) ? write_parts(file, parts, count, -1) : syscall(SYS_writev, file, parts, count);
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) {
    return write_parts(file, parts, count, at);
}

ssize_t pwritev64(int file, const struct iovec *parts, int count, off_t at) {
    return write_parts(file, parts, count, at);
}

static int sync_file(int file, long call) {
    const char *name = name_of(file) ? name_of(file) : "";
    int error = strike(POINT_FSYNC, name);
    if (error > 0) return (int)fail(error);
    uint64_t before = is_recording() ? recorder_now() : 0;
    int outcome = (int)syscall(call, file);
    int kept = errno;
    struct stat status;
    if (outcome == 0 && number_of(file)) record_alone(RECORD_SYNCED, number_of(file), before, NULL, 0);
    if (outcome == 0 && is_recording() && fstat(file, &status) == 0 && S_ISDIR(status.st_mode))
        record_alone(RECORD_FOLDER_SYNCED, 0, before, NULL, 0);
    error = strike(POINT_FSYNCED, name);
    errno = kept;
    return error > 0 ? (int)fail(error) : outcome;
}

int fsync(int file) { return sync_file(file, SYS_fsync); }
int fdatasync(int file) { return sync_file(file, SYS_fdatasync); }

static int truncate_file(int file, off_t length) {
    const char *name = name_of(file) ? name_of(file) : "";
    int error = strike(POINT_FTRUNCATE, name);
    if (error > 0) return (int)fail(error);
    recorder_lock();
    int outcome = (int)syscall(SYS_ftruncate, file, length);
    int kept = errno;
    if (outcome == 0 && number_of(file)) record(RECORD_TRUNCATED, number_of(file), (uint64_t)length, NULL, 0);
    recorder_unlock();
    error = strike(POINT_FTRUNCATED, name);
    errno = kept;
    return error > 0 ? (int)fail(error) : outcome;
}

int ftruncate(int file, off_t length) { return truncate_file(file, length); }
int ftruncate64(int file, off_t length) { return truncate_file(file, length); }

// MARK: Names

static int rename_at(int from, const char *old, int to, const char *new, unsigned flags) {
    int error = strike_either(POINT_RENAME, last_part(old), last_part(new));
    if (error > 0) return (int)fail(error);
    int outcome = (int)syscall(SYS_renameat2, from, old, to, new, flags);
    int kept = errno;
    error = strike_either(POINT_RENAMED, last_part(old), last_part(new));
    errno = kept;
    return error > 0 ? (int)fail(error) : outcome;
}

int rename(const char *old, const char *new) { return rename_at(AT_FDCWD, old, AT_FDCWD, new, 0); }
int renameat(int from, const char *old, int to, const char *new) { return rename_at(from, old, to, new, 0); }
int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    return rename_at(from, old, to, new, flags);
}

static int unlink_at(int folder, const char *path, int flags) {
    const char *name = last_part(path);
    int error = strike(POINT_UNLINK, name);
    if (error > 0) return (int)fail(error);
    recorder_lock();
    int outcome = (int)syscall(SYS_unlinkat, folder, path, flags);
    int kept = errno;
    if (outcome == 0 && fits("store", name)) record(RECORD_UNLINKED, 0, 0, name, strlen(name));
    recorder_unlock();
    error = strike(POINT_UNLINKED, name);
    errno = kept;
    return error > 0 ? (int)fail(error) : outcome;
}

int unlink(const char *path) { return unlink_at(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return unlink_at(folder, path, flags); }

// MARK: Reads

static ssize_t after_read(int file, ssize_t count) {
    int kept = errno;
    ssize_t outcome = watches_requests() ? receive(file, count) : count;
    if (outcome >= 0 || count < 0) errno = kept;
    return outcome;
}

static int before_read(int file) {
    const char *name = name_of(file);
    return name ? strike(POINT_READ, name) : 0;
}

ssize_t read(int file, void *bytes, size_t count) {
    int error = before_read(file);
    return error > 0 ? fail(error) : after_read(file, syscall(SYS_read, file, bytes, count));
}

ssize_t pread(int file, void *bytes, size_t count, off_t at) {
    int error = before_read(file);
    return error > 0 ? fail(error) : syscall(SYS_pread64, file, bytes, count, at);
}

ssize_t pread64(int file, void *bytes, size_t count, off_t at) { return pread(file, bytes, count, at); }

ssize_t readv(int file, const struct iovec *parts, int count) {
    int error = before_read(file);
    return error > 0 ? fail(error) : after_read(file, syscall(SYS_readv, file, parts, count));
}

ssize_t recv(int file, void *bytes, size_t count, int flags) {
    return after_read(file, syscall(SYS_recvfrom, file, bytes, count, flags, NULL, NULL));
}

ssize_t recvmsg(int file, struct msghdr *message, int flags) {
    return after_read(file, syscall(SYS_recvmsg, file, message, flags));
}

// MARK: Sends

ssize_t sendto(int file, const void *bytes, size_t count, int flags, const struct sockaddr *to, socklen_t length) {
    if (!to && watches_requests() && is_request(file, bytes, count)) return send_request(file, bytes, count);
    return syscall(SYS_sendto, file, bytes, count, flags, to, length);
}

ssize_t send(int file, const void *bytes, size_t count, int flags) {
    return sendto(file, bytes, count, flags, NULL, 0);
}

ssize_t sendmsg(int file, const struct msghdr *message, int flags) {
    if (message->msg_name || message->msg_controllen || !watches_requests())
        return syscall(SYS_sendmsg, file, message, flags);
    return write_parts(file, message->msg_iov, (int)message->msg_iovlen, -1);
}

#endif
