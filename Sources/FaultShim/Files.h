#ifndef FILES_H
#define FILES_H

// Names of our own must not stand in for any of the program's.
#pragma GCC visibility push(hidden)

/// Remembers under which name a file was opened; only the last part of its path counts.
void note_file(int file, const char *path, int is_new);

/// The name a file was opened under; NULL for what is no file that was opened.
const char *name_of(int file);

/// The number that records know a file of the ledger by; 0 for any other.
unsigned number_of(int file);

/// Forgets a file that is closed.
void forget_file(int file);

/// The last part of a path.
const char *last_part(const char *path);

#pragma GCC visibility pop

#endif
