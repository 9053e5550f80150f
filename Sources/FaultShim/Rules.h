#ifndef RULES_H
#define RULES_H

// Names of our own must not stand in for any of the program's.
#pragma GCC visibility push(hidden)

/// Where a rule can take hold; the names stand in Rules.c in the same order.
typedef enum {
    POINT_OPEN, POINT_READ, POINT_WRITE, POINT_FSYNC, POINT_FTRUNCATE, POINT_RENAME, POINT_UNLINK,
    POINT_OPENED, POINT_WRITTEN, POINT_FSYNCED, POINT_FTRUNCATED, POINT_RENAMED, POINT_UNLINKED,
    POINT_TORN, POINT_REQUEST, POINT_HEAD, POINT_SENT, POINT_ANSWERED, POINT_RECEIVED, POINT_CLOCK,
    POINT_COUNT
} Point;

/// What `strike` asks of a call besides an error's number: half of the bytes, or death when its part is done.
enum { STRIKE_SHORT = -1, STRIKE_DIE = -2 };

/// Counts a point that is met, and says what happens there: 0 nothing, above 0 the error to fail with, or a STRIKE_.
///
/// Where the process dies at once, this does not return.
int strike(Point point, const char *subject);

/// The same for a point that two names belong to: it is met once, by rules about either.
int strike_either(Point point, const char *subject, const char *other);

/// Whether some rule is about this point.
int is_watched(Point point);

/// Whether a file's name fits a pattern of the notation, such as `ledger|wal`.
int fits(const char *pattern, const char *name);

/// Kills the process.
void die(void) __attribute__((noreturn));

#pragma GCC visibility pop

#endif
