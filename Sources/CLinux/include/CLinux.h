// What Glibc's module does not show, because it hides behind _GNU_SOURCE or variadic prototypes.
// Thin wrappers only: no policy. Each returns what the call returns and leaves errno as it was set.
#ifndef CLINUX_H
#define CLINUX_H
#include <semaphore.h>
#include <stdint.h>
#include <sys/types.h>

/// renameat2(2) with RENAME_NOREPLACE: fails with EEXIST where the target exists, EINVAL where the file
/// system cannot do it.
int clinux_rename_noreplace(int from_dir, const char *from, int to_dir, const char *to);
/// syncfs(2): writes out everything of the file system that holds fd; errors since the last call are reported
/// (Linux 5.8 and later).
int clinux_syncfs(int fd);
/// Open-file-description write lock on a range of the file's bytes, there or not (fcntl(2) F_OFD_SETLK): -1 and EAGAIN
/// when held elsewhere.
int clinux_ofd_lock(int fd, long long start, long long length);
int clinux_ofd_unlock(int fd, long long start, long long length);
/// How many of the bytes from `start` on others hold a write lock on (F_OFD_GETLK): 0 for none, -1 on error; at least
/// `length` when the lock goes on beyond.
long long clinux_ofd_locked(int fd, long long start, long long length);
/// fcntl(2) F_SETLEASE F_RDLCK, then F_UNLCK: 0 when nobody has the file open for writing. A writer that comes between
/// the two raises SIGIO, which the caller has to ignore.
int clinux_no_writer(int fd);
/// f_type of statfs(2), 0 on error: tells network file systems.
uint64_t clinux_fs_type(const char *path);
/// The same of an open file, by fstatfs(2).
uint64_t clinux_fs_type_of(int fd);
/// openat(2) with a mode, for O_CREAT.
int clinux_openat(int dir, const char *path, int flags, unsigned mode);
/// signalfd(2) for the signals given; they must be blocked by the caller (clinux_block_signals).
int clinux_signalfd(const int *signals, int count);
/// The number of the next signal that waits in a signalfd(2); 0 when none does.
int clinux_read_signal(int fd);
/// Blocks the signals in the calling thread; threads started later inherit it.
int clinux_block_signals(const int *signals, int count);
/// Lets them through to the calling thread again; one that waits takes effect at once.
int clinux_unblock_signals(const int *signals, int count);
/// A detached thread with a stack of 1 MiB (pthread_create(3)); 0, or an error number.
int clinux_detached_thread(void *(*run)(void *), void *argument);
/// eventfd(2), non-blocking, close-on-exec.
int clinux_eventfd(void);
/// sem_clockwait(3) until so many nanoseconds of CLOCK_MONOTONIC: 0, or -1 with ETIMEDOUT when they have passed.
int clinux_sem_wait_until(sem_t *semaphore, int64_t nanoseconds);
/// getrlimit(2) of one of the kinds below; UINT64_MAX where there is no limit.
int clinux_get_limit(int resource, uint64_t *soft, uint64_t *hard);
/// setrlimit(2) of the soft limit.
int clinux_set_soft_limit(int resource, uint64_t soft);
extern const int clinux_limit_address_space;
extern const int clinux_limit_data;
extern const int clinux_limit_open_files;
/// Whether a thread with the usual stack can be started now.
int clinux_can_start_thread(void);
/// From now on the process, when it crashes at its memory limit (RLIMIT_AS, RLIMIT_DATA), writes these words to
/// standard error and ends with the status; crashes for other reasons are as before. Call it once.
int clinux_at_memory_limit(const char *words, int status);
#endif
