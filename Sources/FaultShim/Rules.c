#define _GNU_SOURCE
#include "Rules.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { RULE_LIMIT = 16 };

typedef struct {
    Point point;
    int action;
    int lasts;
    char subject[128];
    long from;
    char name[32];
    atomic_long met;
} Rule;

static const char *const point_names[POINT_COUNT] = {
    "open", "read", "write", "fsync", "ftruncate", "rename", "unlink",
    "opened", "written", "fsynced", "ftruncated", "renamed", "unlinked",
    "torn", "request", "head", "sent", "answered", "received", "clock",
};

static const struct { const char *name; int action; } actions[] = {
    {"kill", STRIKE_DIE}, {"short", STRIKE_SHORT}, {"enospc", ENOSPC}, {"eio", EIO}, {"edquot", EDQUOT},
    {"erofs", EROFS}, {"emfile", EMFILE}, {"eacces", EACCES}, {"econnreset", ECONNRESET}, {"epipe", EPIPE},
};

static const struct { const char *name; const char *pattern; } aliases[] = {
    {"ledger", "*.sqlite"}, {"wal", "*-wal"}, {"journal", "*-journal"}, {"lock", "*.lock"}, {"report", "*.part"},
};

static Rule rules[RULE_LIMIT];
static int rule_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/// A rule that cannot be understood would make a test pass that tests nothing.
static void refuse(const char *text) {
    fprintf(stderr, "FaultShim: RELINK_FAULT is not understood at '%s'\n", text);
    _exit(70);
}

static int action_named(const char *name) {
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].name, name) == 0) return actions[i].action;
    refuse(name);
    return 0;
}

static Point point_named(const char *name) {
    for (int i = 0; i < POINT_COUNT; i++)
        if (strcmp(point_names[i], name) == 0) return (Point)i;
    refuse(name);
    return POINT_COUNT;
}

static void parse_rule(char *text) {
    char whole[256];
    snprintf(whole, sizeof whole, "%s", text);
    char *rest = text;
    char *action = strsep(&rest, ":");
    char *point = strsep(&rest, ":");
    if (!point || rule_count == RULE_LIMIT) refuse(whole);
    Rule *rule = &rules[rule_count++];
    size_t length = strlen(action);
    rule->lasts = length > 0 && action[length - 1] == '+';
    if (rule->lasts) action[length - 1] = 0;
    snprintf(rule->name, sizeof rule->name, "%s", action);
    rule->action = action_named(action);
    char *name = strsep(&point, "/");
    rule->point = point_named(name);
    snprintf(rule->subject, sizeof rule->subject, "%s", point ? point : "*");
    rule->from = rest ? atol(rest) : 1;
    if (rule->from < 1) refuse(whole);
}

static void parse(void) {
    const char *given = getenv("RELINK_FAULT");
    if (!given) return;
    char *text = strdup(given), *rest = text, *one;
    while ((one = strsep(&rest, ";")))
        if (*one) parse_rule(one);
    free(text);
}

static int fits_one(const char *pattern, const char *name) {
    if (strcmp(pattern, "store") == 0) return fits("ledger|wal|journal", name);
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(aliases[i].name, pattern) == 0) pattern = aliases[i].pattern;
    return fnmatch(pattern, name, 0) == 0;
}

int fits(const char *pattern, const char *name) {
    char text[128];
    snprintf(text, sizeof text, "%s", pattern);
    char *rest = text, *one;
    while ((one = strsep(&rest, "|")))
        if (fits_one(one, name)) return 1;
    return 0;
}

/// Says in the log that a rule takes hold; by system calls alone, so that no rule can be about this.
static void tell(const Rule *rule, const char *subject, long met) {
    const char *path = getenv("RELINK_FAULT_LOG");
    if (!path) return;
    int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return;
    char line[256];
    int length = snprintf(
        line, sizeof line, "%s %s/%s %ld\n", rule->name, point_names[rule->point], subject, met);
    syscall(SYS_write, file, line, (size_t)length);
    syscall(SYS_close, file);
}

int is_watched(Point point) {
    pthread_once(&once, parse);
    for (int i = 0; i < rule_count; i++)
        if (rules[i].point == point) return 1;
    return 0;
}

int strike(Point point, const char *subject) { return strike_either(point, subject, subject); }

int strike_either(Point point, const char *subject, const char *other) {
    pthread_once(&once, parse);
    int outcome = 0;
    for (int i = 0; i < rule_count; i++) {
        Rule *rule = &rules[i];
        if (rule->point != point || (!fits(rule->subject, subject) && !fits(rule->subject, other))) continue;
        long met = atomic_fetch_add(&rule->met, 1) + 1;
        if (met < rule->from || (met > rule->from && !rule->lasts) || outcome) continue;
        tell(rule, subject, met);
        outcome = rule->action;
    }
    int is_last_act = point == POINT_TORN || point == POINT_HEAD || point == POINT_RECEIVED;
    if (outcome == STRIKE_DIE && !is_last_act) die();
    return outcome;
}

static void *die_on_time(void *rule) {
    long microseconds = ((const Rule *)rule)->from;
    struct timespec rest = {microseconds / 1000000, microseconds % 1000000 * 1000};
    while (nanosleep(&rest, &rest) != 0) {}
    die();
}

/// Winds up the clocks that some rules ask for, before the program begins.
__attribute__((constructor)) static void wind_up(void) {
    pthread_once(&once, parse);
    for (int i = 0; i < rule_count; i++) {
        pthread_t thread;
        if (rules[i].point != POINT_CLOCK) continue;
        if (pthread_create(&thread, NULL, die_on_time, &rules[i]) != 0) refuse("clock");
        pthread_detach(thread);
    }
}

void die(void) {
    kill(getpid(), SIGKILL);
    while (1) pause();
}
