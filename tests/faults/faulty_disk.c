/* A disk that fails on purpose, and a clock that goes backwards, laid over the C library by LD_PRELOAD.

   Counts the calls that change files below a folder (or read from them), and at a chosen one
   exits the process, or returns an error. Counting starts with fault_arm(). It sees what goes
   through the C library: SQLite, Python, FAISS (stdio) and tantivy (Rust) all do. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { WRITES = 1, SYNCS = 2, READS = 4 };
enum { COUNT, EXIT, TORN, FAIL, FAIL_FROM };

static char folder[4096];
static int watched, action, failure;
static long target, calls;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Start: watch calls of some kinds (a sum of WRITES, SYNCS, READS) on files below a folder. The
   at-th of them does the action; FAIL_FROM fails that one and all that follow. */
void fault_arm(const char *below, int kinds, int what, int error, long at) {
    snprintf(folder, sizeof folder, "%s", below);
    watched = kinds, action = what, failure = error, target = at, calls = 0;
}

long fault_calls(void) { return calls; }

static long seconds_back;

/* From now on the wall clock goes back by so many seconds each time that it is read. */
void clock_backwards(long seconds) { seconds_back = seconds; }

static int below(const char *path) {
    return path && strncmp(path, folder, strlen(folder)) == 0;
}

static int on_folder(int descriptor) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

/* What is to happen to this call: COUNT (let it pass), TORN, or FAIL. */
static int verdict(int kind, int concerned) {
    if (!(watched & kind) || !concerned) return COUNT;
    pthread_mutex_lock(&lock);
    long number = ++calls;
    pthread_mutex_unlock(&lock);
    if (action == COUNT || number < target || (number > target && action != FAIL_FROM)) return COUNT;
    if (action == EXIT) _exit(137);
    return action == TORN ? TORN : FAIL;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAILS(kind, concerned, result) \
    if (watched) { \
        int is = verdict(kind, concerned); \
        if (is == TORN) _exit(137); \
        if (is == FAIL) { errno = failure; return result; } \
    }
#define FAILS_OR_TEARS(kind, concerned, result, half) \
    if (watched) { \
        int is = verdict(kind, concerned); \
        if (is == TORN) { half; _exit(137); } \
        if (is == FAIL) { errno = failure; return result; } \
    }

ssize_t write(int fd, const void *data, size_t size) {
    FAILS_OR_TEARS(WRITES, on_folder(fd), -1, REAL(write)(fd, data, size / 2))
    return REAL(write)(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    FAILS_OR_TEARS(WRITES, on_folder(fd), -1, REAL(pwrite)(fd, data, size / 2, at))
    return REAL(pwrite)(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    FAILS_OR_TEARS(WRITES, on_folder(fd), -1, REAL(pwrite64)(fd, data, size / 2, at))
    return REAL(pwrite64)(fd, data, size, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    FAILS_OR_TEARS(WRITES, on_folder(fd), -1, REAL(writev)(fd, parts, count / 2))
    return REAL(writev)(fd, parts, count);
}

size_t fwrite(const void *data, size_t size, size_t count, FILE *file) {
    FAILS_OR_TEARS(WRITES, on_folder(fileno(file)), 0,
                   (REAL(fwrite)(data, size, count / 2, file), fflush(file)))
    return REAL(fwrite)(data, size, count, file);
}

int ftruncate(int fd, off_t size) {
    FAILS(WRITES, on_folder(fd), -1)
    return REAL(ftruncate)(fd, size);
}

int ftruncate64(int fd, off64_t size) {
    FAILS(WRITES, on_folder(fd), -1)
    return REAL(ftruncate64)(fd, size);
}

ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t size, unsigned flags) {
    FAILS(WRITES, on_folder(to), -1)
    return REAL(copy_file_range)(from, in, to, out, size, flags);
}

ssize_t sendfile(int to, int from, off_t *at, size_t size) {
    FAILS(WRITES, on_folder(to), -1)
    return ((ssize_t(*)(int, int, off_t *, size_t))dlsym(RTLD_NEXT, "sendfile"))(to, from, at, size);
}

int fsync(int fd) {
    FAILS(SYNCS, on_folder(fd), -1)
    return REAL(fsync)(fd);
}

int fdatasync(int fd) {
    FAILS(SYNCS, on_folder(fd), -1)
    return REAL(fdatasync)(fd);
}

int rename(const char *from, const char *to) {
    FAILS(WRITES, below(to), -1)
    return REAL(rename)(from, to);
}

int unlink(const char *path) {
    FAILS(WRITES, below(path), -1)
    return REAL(unlink)(path);
}

int unlinkat(int at, const char *path, int flags) {
    FAILS(WRITES, path[0] == '/' ? below(path) : on_folder(at), -1)
    return REAL(unlinkat)(at, path, flags);
}

int mkdir(const char *path, mode_t mode) {
    FAILS(WRITES, below(path), -1)
    return REAL(mkdir)(path, mode);
}

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = va_arg(rest, mode_t); \
        va_end(rest); \
        FAILS(WRITES, (flags & O_CREAT) && below(path), -1) \
        return REAL(name)(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)

ssize_t read(int fd, void *data, size_t size) {
    FAILS(READS, on_folder(fd), -1)
    return REAL(read)(fd, data, size);
}

ssize_t pread(int fd, void *data, size_t size, off_t at) {
    FAILS(READS, on_folder(fd), -1)
    return REAL(pread)(fd, data, size, at);
}

ssize_t pread64(int fd, void *data, size_t size, off64_t at) {
    FAILS(READS, on_folder(fd), -1)
    return REAL(pread64)(fd, data, size, at);
}

size_t fread(void *data, size_t size, size_t count, FILE *file) {
    FAILS(READS, on_folder(fileno(file)), 0)
    return REAL(fread)(data, size, count, file);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static long reads;
    int result = REAL(clock_gettime)(clock, now);
    if (clock == CLOCK_REALTIME && seconds_back)
        now->tv_sec -= seconds_back * __atomic_add_fetch(&reads, 1, __ATOMIC_RELAXED);
    return result;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec exact;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec, now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now) *now = exact.tv_sec;
    return exact.tv_sec;
}
