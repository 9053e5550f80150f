#define _GNU_SOURCE
#include "Files.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "Recorder.h"
#include "Rules.h"

enum { FILE_LIMIT = 65536 };

/// A name, kept for good: a file may be closed by one thread while another one looks at its name.
typedef struct Name {
    struct Name *next;
    unsigned number;
    char text[];
} Name;

static _Atomic(Name *) files[FILE_LIMIT];
static Name *known;
static unsigned newest;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static Name *find_or_make(const char *text) {
    for (Name *name = known; name; name = name->next)
        if (strcmp(name->text, text) == 0) return name;
    Name *name = malloc(sizeof *name + strlen(text) + 1);
    if (!name) return NULL;
    strcpy(name->text, text);
    name->number = fits("store", text) ? ++newest : 0;
    name->next = known;
    return known = name;
}

void note_file(int file, const char *path, int is_new) {
    if (file < 0 || file >= FILE_LIMIT) return;
    pthread_mutex_lock(&mutex);
    Name *name = find_or_make(last_part(path));
    pthread_mutex_unlock(&mutex);
    atomic_store(&files[file], name);
    if (name && name->number) record_alone(RECORD_NAMED, name->number, is_new, name->text, strlen(name->text));
}

const char *name_of(int file) {
    if (file < 0 || file >= FILE_LIMIT) return NULL;
    Name *name = atomic_load(&files[file]);
    return name ? name->text : NULL;
}

unsigned number_of(int file) {
    if (file < 0 || file >= FILE_LIMIT) return 0;
    Name *name = atomic_load(&files[file]);
    return name ? name->number : 0;
}

void forget_file(int file) {
    if (file >= 0 && file < FILE_LIMIT) atomic_store(&files[file], NULL);
}
