/* faultpoint: LD_PRELOAD shim that makes file-system calls fail, or the process die, at an exact point.
 * Unlike `strace -e inject=`, it counts over ALL threads (and, with FP_STATE, all processes), can filter
 * by path prefix, can kill AFTER the call took effect, and makes true short writes.
 *
 *   cc -shared -fPIC -O2 -Wall -Wno-misleading-indentation -o faultpoint.so faultpoint.c -ldl -lpthread
 *   FP_OPS=rename,fsync FP_PATH=/spool FP_AT=3 FP_ACTION=kill-after LD_PRELOAD=./faultpoint.so CMD
 *
 * FP_OPS    comma list of groups: open write fsync rename link unlink truncate mkdir read close, or "all"
 *           (default: write,fsync,rename,link,unlink,truncate,mkdir,open; open counts only O_CREAT/O_TRUNC/write opens)
 * FP_PATH   only calls on a path under this prefix (descriptors are resolved); colon-separated list
 * FP_NOPATH colon-separated substrings that exclude a call
 * FP_AT     ordinal (1 = first) at which the action happens; 0 = never (count only)
 * FP_COUNT  how many calls in a row are hit from FP_AT on (default 1; -1 = all)
 * FP_ACTION kill-before | kill-after | errno:NAME | short[:BYTES] (write family only; others pass)
 *           | delay:MS | stop (SIGSTOP before the call) | pass
 * FP_STATE  file holding the counter, shared by all processes that map it (8 bytes, created)
 * FP_LOG    append "ORDINAL TID OP PATH" lines to this file
 * Needs a dynamically linked libc; raw syscalls and io_uring are not seen.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { G_OPEN = 1, G_WRITE = 2, G_FSYNC = 4, G_RENAME = 8, G_LINK = 16, G_UNLINK = 32, G_TRUNC_ = 64,
       G_MKDIR = 128, G_READ = 256, G_CLOSE = 512 };
static const struct { const char *n; int b; } groups[] = {
    {"open", G_OPEN}, {"write", G_WRITE}, {"fsync", G_FSYNC}, {"rename", G_RENAME}, {"link", G_LINK},
    {"unlink", G_UNLINK}, {"truncate", G_TRUNC_}, {"mkdir", G_MKDIR}, {"read", G_READ}, {"close", G_CLOSE},
    {"all", 1023}, {0, 0}};
static const struct { const char *n; int e; } errs[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EINTR", EINTR}, {"EDQUOT", EDQUOT}, {"EROFS", EROFS}, {"EACCES", EACCES},
    {"EPERM", EPERM}, {"EMFILE", EMFILE}, {"ENFILE", ENFILE}, {"ENOMEM", ENOMEM}, {"EAGAIN", EAGAIN},
    {"ENOENT", ENOENT}, {"EEXIST", EEXIST}, {"EXDEV", EXDEV}, {"ESTALE", ESTALE}, {"EBUSY", EBUSY},
    {"EFBIG", EFBIG}, {"ENOTEMPTY", ENOTEMPTY}, {"EINVAL", EINVAL}, {"ELOOP", ELOOP}, {"EMLINK", EMLINK}, {0, 0}};
enum { A_PASS, A_KILLB, A_KILLA, A_ERR, A_SHORT, A_DELAY, A_STOP };

static int ops, action, aerr, logfd = -1;
static long at, count = 1, arg;
static const char *prefix, *nopath;
static atomic_long local_counter, *counter = &local_counter;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static __thread int inside;

static void init(void) {
    const char *s = getenv("FP_OPS");
    if (!s || !*s) ops = G_WRITE | G_FSYNC | G_RENAME | G_LINK | G_UNLINK | G_TRUNC_ | G_MKDIR | G_OPEN;
    else {
        char buf[256]; snprintf(buf, sizeof buf, "%s", s);
        for (char *save, *t = strtok_r(buf, ",", &save); t; t = strtok_r(0, ",", &save)) {
            int i = 0; while (groups[i].n && strcmp(groups[i].n, t)) i++;
            if (!groups[i].n) { dprintf(2, "faultpoint: unknown FP_OPS group %s\n", t); _exit(127); }
            ops |= groups[i].b;
        }
    }
    if ((s = getenv("FP_AT"))) at = atol(s);
    if ((s = getenv("FP_COUNT"))) count = atol(s);
    prefix = getenv("FP_PATH"); if (prefix && !*prefix) prefix = 0;
    nopath = getenv("FP_NOPATH"); if (nopath && !*nopath) nopath = 0;
    s = getenv("FP_ACTION"); if (!s) s = "pass";
    if (!strcmp(s, "pass")) action = A_PASS;
    else if (!strcmp(s, "kill-before")) action = A_KILLB;
    else if (!strcmp(s, "kill-after")) action = A_KILLA;
    else if (!strcmp(s, "stop")) action = A_STOP;
    else if (!strncmp(s, "delay:", 6)) action = A_DELAY, arg = atol(s + 6);
    else if (!strncmp(s, "short", 5)) action = A_SHORT, arg = s[5] == ':' ? atol(s + 6) : -1;
    else if (!strncmp(s, "errno:", 6)) {
        action = A_ERR; int i = 0; while (errs[i].n && strcmp(errs[i].n, s + 6)) i++;
        aerr = errs[i].n ? errs[i].e : atoi(s + 6);
        if (!aerr) { dprintf(2, "faultpoint: unknown errno %s\n", s + 6); _exit(127); }
    } else { dprintf(2, "faultpoint: unknown FP_ACTION %s\n", s); _exit(127); }
    if ((s = getenv("FP_STATE")) && *s) {
        int fd = syscall(SYS_openat, AT_FDCWD, s, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (fd >= 0 && !syscall(SYS_ftruncate, fd, 8)) {
            void *p = mmap(0, 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
            if (p != MAP_FAILED) counter = p;
        }
        if (fd >= 0) syscall(SYS_close, fd);
    }
    if ((s = getenv("FP_LOG")) && *s)
        logfd = syscall(SYS_openat, AT_FDCWD, s, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}
static int under(const char *p) {
    if (nopath) {
        char b[1024]; snprintf(b, sizeof b, "%s", nopath);
        for (char *save, *t = strtok_r(b, ":", &save); t; t = strtok_r(0, ":", &save)) if (strstr(p, t)) return 0;
    }
    if (!prefix) return 1;
    char b[2048]; snprintf(b, sizeof b, "%s", prefix);
    for (char *save, *t = strtok_r(b, ":", &save); t; t = strtok_r(0, ":", &save)) {
        size_t n = strlen(t); while (n > 1 && t[n - 1] == '/') n--;
        if (!strncmp(p, t, n) && (!p[n] || p[n] == '/' || n == 1)) return 1;
    }
    return 0;
}
static void absolute(int dirfd, const char *path, char *out) {
    char link[64]; ssize_t n = 0;
    if (path && path[0] == '/') { snprintf(out, PATH_MAX, "%s", path); return; }
    if (dirfd == AT_FDCWD) { if (!getcwd(out, PATH_MAX)) out[0] = 0; n = strlen(out); }
    else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd);
        n = readlink(link, out, PATH_MAX - 1); if (n < 0) n = 0; out[n] = 0;
    }
    if (path && *path) snprintf(out + n, PATH_MAX - n, "/%s", path[0] == '.' && path[1] == '/' ? path + 2 : path);
}
/* 0: go on; 1: return the error in errno; 2: short write; 3: kill after the call */
static int point(int group, const char *name, int dirfd, const char *path, const char *path2) {
    pthread_once(&once, init);
    if (inside || !(ops & group)) return 0;
    int saved = errno, hit = 0;
    inside = 1;
    char a[PATH_MAX]; absolute(dirfd, path, a);
    int match = under(a);
    if (!match && path2) { absolute(dirfd, path2, a); match = under(a); }
    if (match) {
        long n = atomic_fetch_add(counter, 1) + 1;
        if (logfd >= 0) dprintf(logfd, "%ld %ld %s %s\n", n, (long)syscall(SYS_gettid), name, a);
        hit = at > 0 && n >= at && (count < 0 || n < at + count);
    }
    inside = 0; errno = saved;
    if (!hit) return 0;
    switch (action) {
    case A_KILLB: syscall(SYS_kill, getpid(), SIGKILL); for (;;) pause();
    case A_STOP: syscall(SYS_kill, getpid(), SIGSTOP); return 0;
    case A_DELAY: usleep(arg * 1000); errno = saved; return 0;
    case A_ERR: errno = aerr; return 1;
    case A_SHORT: return group == G_WRITE ? 2 : 0;
    case A_KILLA: return 3;
    }
    return 0;
}
static void after(int p) { if (p == 3) { syscall(SYS_kill, getpid(), SIGKILL); for (;;) pause(); } }
static size_t cut(size_t n) { return arg >= 0 ? ((size_t)arg < n ? (size_t)arg : n) : (n + 1) / 2; }

#define REAL(ret, name, ...) static ret (*real)(__VA_ARGS__); if (!real) real = (ret (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)
#define SIMPLE(ret, name, decl, call, grp, dfd, p1, p2) \
    ret name decl { REAL(ret, name, PARAMS decl); int p = point(grp, #name, dfd, p1, p2); if (p == 1) return -1; \
    ret r = real call; after(p); return r; }
#define PARAMS(...) __VA_ARGS__

SIMPLE(int, fsync, (int fd), (fd), G_FSYNC, fd, 0, 0)
SIMPLE(int, fdatasync, (int fd), (fd), G_FSYNC, fd, 0, 0)
SIMPLE(int, syncfs, (int fd), (fd), G_FSYNC, fd, 0, 0)
SIMPLE(int, rename, (const char *a, const char *b), (a, b), G_RENAME, AT_FDCWD, a, b)
SIMPLE(int, link, (const char *a, const char *b), (a, b), G_LINK, AT_FDCWD, b, a)
SIMPLE(int, symlink, (const char *a, const char *b), (a, b), G_LINK, AT_FDCWD, b, 0)
SIMPLE(int, unlink, (const char *a), (a), G_UNLINK, AT_FDCWD, a, 0)
SIMPLE(int, rmdir, (const char *a), (a), G_UNLINK, AT_FDCWD, a, 0)
SIMPLE(int, remove, (const char *a), (a), G_UNLINK, AT_FDCWD, a, 0)
SIMPLE(int, unlinkat, (int d, const char *a, int f), (d, a, f), G_UNLINK, d, a, 0)
SIMPLE(int, ftruncate, (int fd, off_t n), (fd, n), G_TRUNC_, fd, 0, 0)
SIMPLE(int, ftruncate64, (int fd, off64_t n), (fd, n), G_TRUNC_, fd, 0, 0)
SIMPLE(int, truncate, (const char *a, off_t n), (a, n), G_TRUNC_, AT_FDCWD, a, 0)
SIMPLE(int, mkdir, (const char *a, mode_t m), (a, m), G_MKDIR, AT_FDCWD, a, 0)
SIMPLE(int, mkdirat, (int d, const char *a, mode_t m), (d, a, m), G_MKDIR, d, a, 0)
SIMPLE(int, fallocate, (int fd, int m, off_t o, off_t n), (fd, m, o, n), G_WRITE, fd, 0, 0)

#define AT2(name, extra_decl, extra_call, grp) \
    int name(int d1, const char *a, int d2, const char *b extra_decl) { \
    static int (*real)(int, const char *, int, const char * extra_decl); \
    if (!real) real = dlsym(RTLD_NEXT, #name); \
    int p = point(grp, #name, d2, b, 0); if (p == 1) return -1; \
    int r = real(d1, a, d2, b extra_call); after(p); return r; }
#define COMMA_U , unsigned int f
#define COMMA_I , int f
#define COMMA_F , f
#define NOTHING
AT2(renameat, NOTHING, NOTHING, G_RENAME)
AT2(renameat2, COMMA_U, COMMA_F, G_RENAME)
AT2(linkat, COMMA_I, COMMA_F, G_LINK)

#define WRITER(name, decl, call, call2) ssize_t name decl { REAL(ssize_t, name, PARAMS decl); \
    int p = point(G_WRITE, #name, fd, 0, 0); if (p == 1) return -1; \
    ssize_t r; if (p == 2) r = real call2; else r = real call; after(p); return r; }
WRITER(write, (int fd, const void *b, size_t n), (fd, b, n), (fd, b, cut(n)))
WRITER(pwrite, (int fd, const void *b, size_t n, off_t o), (fd, b, n, o), (fd, b, cut(n), o))
WRITER(pwrite64, (int fd, const void *b, size_t n, off64_t o), (fd, b, n, o), (fd, b, cut(n), o))
ssize_t writev(int fd, const struct iovec *v, int n) {
    static ssize_t (*real)(int, const struct iovec *, int); if (!real) real = dlsym(RTLD_NEXT, "writev");
    int p = point(G_WRITE, "writev", fd, 0, 0); if (p == 1) return -1;
    ssize_t r;
    if (p == 2 && n > 0) { struct iovec one = v[0]; one.iov_len = cut(one.iov_len); r = real(fd, &one, 1); }
    else r = real(fd, v, n);
    after(p); return r;
}
ssize_t copy_file_range(int i, off64_t *io, int o, off64_t *oo, size_t n, unsigned f) {
    static ssize_t (*real)(int, off64_t *, int, off64_t *, size_t, unsigned); if (!real) real = dlsym(RTLD_NEXT, "copy_file_range");
    int p = point(G_WRITE, "copy_file_range", o, 0, 0); if (p == 1) return -1;
    ssize_t r = real(i, io, o, oo, p == 2 ? cut(n) : n, f); after(p); return r;
}
ssize_t sendfile(int o, int i, off_t *off, size_t n) {
    static ssize_t (*real)(int, int, off_t *, size_t); if (!real) real = dlsym(RTLD_NEXT, "sendfile");
    int p = point(G_WRITE, "sendfile", o, 0, 0); if (p == 1) return -1;
    ssize_t r = real(o, i, off, p == 2 ? cut(n) : n); after(p); return r;
}
#define READER(name, decl, call) ssize_t name decl { REAL(ssize_t, name, PARAMS decl); \
    int p = point(G_READ, #name, fd, 0, 0); if (p == 1) return -1; ssize_t r = real call; after(p); return r; }
READER(read, (int fd, void *b, size_t n), (fd, b, n))
READER(pread, (int fd, void *b, size_t n, off_t o), (fd, b, n, o))
READER(pread64, (int fd, void *b, size_t n, off64_t o), (fd, b, n, o))
int close(int fd) {
    static int (*real)(int); if (!real) real = dlsym(RTLD_NEXT, "close");
    int p = point(G_CLOSE, "close", fd, 0, 0);
    int r = real(fd); after(p); if (p == 1) { errno = aerr; return -1; } return r;
}
/* opens that can change the file system */
#define CHANGES(f) ((f) & (O_CREAT | O_TRUNC) || ((f) & O_ACCMODE) != O_RDONLY)
#define OPENER(name) int name(const char *a, int f, ...) { static int (*real)(const char *, int, ...); \
    if (!real) real = dlsym(RTLD_NEXT, #name); mode_t m = 0; \
    if (f & (O_CREAT | O_TMPFILE)) { va_list l; va_start(l, f); m = va_arg(l, mode_t); va_end(l); } \
    int p = CHANGES(f) ? point(G_OPEN, #name, AT_FDCWD, a, 0) : 0; if (p == 1) return -1; int r = real(a, f, m); after(p); return r; }
#define OPENERAT(name) int name(int d, const char *a, int f, ...) { static int (*real)(int, const char *, int, ...); \
    if (!real) real = dlsym(RTLD_NEXT, #name); mode_t m = 0; \
    if (f & (O_CREAT | O_TMPFILE)) { va_list l; va_start(l, f); m = va_arg(l, mode_t); va_end(l); } \
    int p = CHANGES(f) ? point(G_OPEN, #name, d, a, 0) : 0; if (p == 1) return -1; int r = real(d, a, f, m); after(p); return r; }
OPENER(open)
OPENER(open64)
OPENERAT(openat)
OPENERAT(openat64)
