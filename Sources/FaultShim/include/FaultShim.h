/// A library that makes the program it is preloaded into die or fail at a named point. For tests only.
///
///     LD_PRELOAD=libFaultShim.so RELINK_FAULT='kill:sent/bond:3' relink run ...
///
/// It stands between the program and the system's own library, so that the program holds no hook of any test. A rule is
///
///     ACTION:POINT[/SUBJECT][:N]
///
/// and `RELINK_FAULT` holds one, or several with semicolons between them. It takes hold at the Nth time (from 1, the
/// default) that the point is met with that subject, counted over all threads of the process.
///
/// ACTION  kill     SIGKILL to itself
///         enospc, eio, edquot, erofs, emfile, eacces, econnreset, epipe: the call fails with that error
///         short    the write takes half of its bytes, and says so
///         A plus after it (`enospc+`) makes it last: the Nth time and every time after.
///
/// POINT, of a file; the SUBJECT is a pattern for the last part of its path. Several have bars between them, and some
/// have names: ledger (*.sqlite), wal (*-wal), journal (*-journal), store (those three), lock (*.lock), report (*.part).
/// No subject stands for every file.
///         open, read, write, fsync (and fdatasync), ftruncate, rename (either name), unlink: before the call
///         opened, written, fsynced, ftruncated, renamed, unlinked: after it, before the program knows
///         torn     half of a write's bytes, then the kill
///
/// POINT, of an HTTP request; the SUBJECT is an API: bond (POST .../accounts/processor_tokens), plaid (POST
/// .../processor/token/create), list (GET .../external_accounts) or remove (any DELETE).
///         request  before its first byte leaves
///         head     when its head has left, and not one byte of its body; only to kill
///         sent     when all of it has left, before the program knows
///         answered when bytes of the answer can be read, before the program gets them
///         received when the program has the first bytes: it dies at its next write to the ledger; only to kill
///
/// One more POINT, only to kill: `kill:clock:N` is N microseconds after the library was loaded.
///
/// `RELINK_FAULT_LOG=FILE` appends a line for each rule that takes hold, such as `eio fsync/relink.sqlite-wal 3`.
/// `RELINK_RECORD=FILE` appends what happens to the ledger's files and each request that begins to leave, in order: see
/// Recorder.h.
///
/// Examples
///         kill:written/wal:7                     dies inside a commit
///         enospc+:write/store:40                 the disk is full from the 40th write to the ledger on
///         eio:fsync/wal:5                        one fsync of the log fails
///         short:write/wal:9;enospc+:write/wal:10 the disk runs full in the middle of a frame
///         enospc+:write/report                   no room for the report
///         eio+:read/ledger:20                    the disk gives nothing back any more
///         kill:write/store:12                    dies while the ledger is made, given a ledger that is not there
///         kill:rename/report                     dies before the report takes its name
#ifndef FAULT_SHIM_H
#define FAULT_SHIM_H
#endif
