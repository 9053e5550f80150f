#ifndef REQUESTS_H
#define REQUESTS_H

#include <stddef.h>
#include <sys/types.h>

// Names of our own must not stand in for any of the program's.
#pragma GCC visibility push(hidden)

/// The APIs that points can be about, as numbers of records.
typedef enum { API_NONE = 0, API_BOND = 1, API_PLAID = 2, API_LIST = 3, API_REMOVE = 4 } API;

/// Whether rules or the recorder want to know of requests.
int watches_requests(void);

/// Whether these bytes on this connection are a request, or a request's further bytes.
int is_request(int connection, const void *bytes, size_t count);

/// Sends a request's bytes, and lets happen what is to happen there; answers as `send` does.
ssize_t send_request(int connection, const void *bytes, size_t count);

/// Lets happen what is to happen when a read of `count` bytes is about to return; answers as `read` does.
ssize_t receive(int connection, ssize_t count);

/// Forgets a connection that is closed.
void forget_connection(int connection);

/// Whether the program must die at its next write to the ledger.
int is_doomed(void);

#pragma GCC visibility pop

#endif
