// Tells the thread sanitizer of a Mutex that two threads want at once.
//
// The fast path of Swift's Mutex on Linux is compiled into the program, where the sanitizer sees its atomics. Its slow
// path stands in libswiftSynchronization, which is not built with the sanitizer, and is left to the kernel (a futex
// with priority inheritance). Without this, whatever a contended Mutex guards is reported as a race.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

// Weak, because programs that are built beside the tests may be without the sanitizer.
__attribute__((weak)) void __tsan_acquire(void *);
__attribute__((weak)) void __tsan_release(void *);

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void relink_lock_slow(uint32_t thread, SELF void *mutex) __asm__(LOCK);
SWIFT void relink_unlock_slow(SELF void *mutex) __asm__(UNLOCK);

SWIFT void relink_lock_slow(uint32_t thread, SELF void *mutex) {
    SWIFT void (*real)(uint32_t, SELF void *) = (SWIFT void (*)(uint32_t, SELF void *))dlsym(RTLD_NEXT, LOCK);
    real(thread, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFT void relink_unlock_slow(SELF void *mutex) {
    SWIFT void (*real)(SELF void *) = (SWIFT void (*)(SELF void *))dlsym(RTLD_NEXT, UNLOCK);
    if (__tsan_release) __tsan_release(mutex);
    real(mutex);
}
