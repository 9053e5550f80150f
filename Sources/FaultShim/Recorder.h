#ifndef RECORDER_H
#define RECORDER_H

#include <stddef.h>
#include <stdint.h>

// Names of our own must not stand in for any of the program's.
#pragma GCC visibility push(hidden)

/// What a record says. `file` is a number that a NAMED record gave to a file of the ledger, or a connection's number;
/// `number` counts the records of a process from 1.
typedef enum {
    RECORD_BEGUN = 0,     ///< a process began; the numbers of files and records begin anew
    RECORD_NAMED = 1,     ///< `file` is the file whose name follows; `offset` is 1 where opening it made it
    RECORD_WRITTEN = 2,   ///< the bytes that follow were written at `offset`
    RECORD_TRUNCATED = 3, ///< the file was cut or extended to `offset` bytes
    RECORD_SYNCED = 4,    ///< what had happened to the file up to record `offset` is on the disk
    RECORD_FOLDER_SYNCED = 5, ///< which names there are up to record `offset` is on the disk
    RECORD_UNLINKED = 6,  ///< the name that follows is gone
    RECORD_REQUEST = 7,   ///< a request's first bytes, which follow, are about to leave; `offset` is its API
    RECORD_MORE = 8,      ///< further bytes of it, which follow, are about to leave
    RECORD_ANSWERED = 9,  ///< the first bytes of its answer are there, or its connection has ended
} RecordKind;

/// How each record begins, in the machine's byte order; `length` bytes follow.
typedef struct {
    uint32_t kind;
    uint32_t file;
    uint64_t offset;
    uint64_t length;
    uint64_t number;
} RecordHead;

/// Whether anything is recorded.
int is_recording(void);

/// Keeps other records away between an act and its record, so that they stand in the order in which they happened.
void recorder_lock(void);
void recorder_unlock(void);

/// The number of the newest record.
uint64_t recorder_now(void);

/// Appends a record in one write; the caller has the lock.
void record(RecordKind kind, uint32_t file, uint64_t offset, const void *bytes, size_t length);

/// The same for one that takes the lock itself.
void record_alone(RecordKind kind, uint32_t file, uint64_t offset, const void *bytes, size_t length);

#pragma GCC visibility pop

#endif
