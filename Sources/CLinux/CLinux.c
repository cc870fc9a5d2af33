#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <time.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

int clinux_rename_noreplace(int from_dir, const char *from, int to_dir, const char *to) {
  return renameat2(from_dir, from, to_dir, to, RENAME_NOREPLACE);
}

int clinux_syncfs(int fd) { return syncfs(fd); }

static struct flock range(short type, long long start, long long length) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = start;
  lock.l_len = length;
  return lock;
}

int clinux_ofd_lock(int fd, long long start, long long length) {
  struct flock lock = range(F_WRLCK, start, length);
  return fcntl(fd, F_OFD_SETLK, &lock);
}

int clinux_ofd_unlock(int fd, long long start, long long length) {
  struct flock lock = range(F_UNLCK, start, length);
  return fcntl(fd, F_OFD_SETLK, &lock);
}

long long clinux_ofd_locked(int fd, long long start, long long length) {
  struct flock lock = range(F_RDLCK, start, length);
  if (fcntl(fd, F_OFD_GETLK, &lock) < 0) return -1;
  if (lock.l_type == F_UNLCK) return 0;
  // A lock to the end of the file has no length.
  return lock.l_start > start ? 0 : lock.l_len == 0 ? length : lock.l_start + lock.l_len - start;
}

int clinux_no_writer(int fd) {
  if (fcntl(fd, F_SETLEASE, F_RDLCK) < 0) return -1;
  fcntl(fd, F_SETLEASE, F_UNLCK);
  return 0;
}

uint64_t clinux_fs_type(const char *path) {
  struct statfs fs;
  return statfs(path, &fs) < 0 ? 0 : (uint64_t)fs.f_type;
}

uint64_t clinux_fs_type_of(int fd) {
  struct statfs fs;
  return fstatfs(fd, &fs) < 0 ? 0 : (uint64_t)fs.f_type;
}

int clinux_openat(int dir, const char *path, int flags, unsigned mode) {
  return openat(dir, path, flags, (mode_t)mode);
}

static void fill(sigset_t *set, const int *signals, int count) {
  sigemptyset(set);
  for (int i = 0; i < count; i++) sigaddset(set, signals[i]);
}

int clinux_signalfd(const int *signals, int count) {
  sigset_t set;
  fill(&set, signals, count);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int clinux_read_signal(int fd) {
  struct signalfd_siginfo info;
  return read(fd, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

int clinux_block_signals(const int *signals, int count) {
  sigset_t set;
  fill(&set, signals, count);
  return pthread_sigmask(SIG_BLOCK, &set, 0);
}

int clinux_unblock_signals(const int *signals, int count) {
  sigset_t set;
  fill(&set, signals, count);
  return pthread_sigmask(SIG_UNBLOCK, &set, 0);
}

int clinux_detached_thread(void *(*run)(void *), void *argument) {
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, 1 << 20);
  int failed = pthread_create(&thread, &attributes, run, argument);
  pthread_attr_destroy(&attributes);
  return failed;
}

int clinux_sem_wait_until(sem_t *semaphore, int64_t nanoseconds) {
  struct timespec end = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  return sem_clockwait(semaphore, CLOCK_MONOTONIC, &end);
}

int clinux_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int clinux_get_limit(int resource, uint64_t *soft, uint64_t *hard) {
  struct rlimit limit;
  int failed = getrlimit(resource, &limit);
  *soft = limit.rlim_cur == RLIM_INFINITY ? UINT64_MAX : limit.rlim_cur;
  *hard = limit.rlim_max == RLIM_INFINITY ? UINT64_MAX : limit.rlim_max;
  return failed;
}

int clinux_set_soft_limit(int resource, uint64_t soft) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) < 0) return -1;
  limit.rlim_cur = (rlim_t)soft;
  return setrlimit(resource, &limit);
}

const int clinux_limit_address_space = RLIMIT_AS;
const int clinux_limit_data = RLIMIT_DATA;
const int clinux_limit_open_files = RLIMIT_NOFILE;

static void *nothing(void *argument) { return argument; }

int clinux_can_start_thread(void) {
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  int failed = pthread_create(&thread, &attributes, nothing, 0);
  pthread_attr_destroy(&attributes);
  return failed == 0;
}

// Signal handlers may call next to nothing, so this is in C: what it needs was made ready before.
static const int fatal[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP};
enum { fatals = sizeof fatal / sizeof *fatal };
static struct sigaction before[NSIG];
static char last_words[1024];
static size_t last_length;
static int last_status;

static int is_at_memory_limit(void) {
  static const int kinds[] = {RLIMIT_AS, RLIMIT_DATA};
  int limited = 0;
  for (unsigned i = 0; i < 2; i++) {
    struct rlimit limit;
    if (getrlimit(kinds[i], &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) limited = 1;
  }
  if (!limited) return 0;
  size_t room = 32 << 20;
  void *probe = mmap(0, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (probe == MAP_FAILED) return 1;
  munmap(probe, room);
  return 0;
}

static void on_fatal(int number) {
  if (is_at_memory_limit()) {
    ssize_t ignored = write(STDERR_FILENO, last_words, last_length);
    (void)ignored;
    _exit(last_status);
  }
  // Not for want of memory: what would have happened without this handler.
  for (unsigned i = 0; i < fatals; i++) sigaction(fatal[i], &before[fatal[i]], 0);
  raise(number);
}

int clinux_at_memory_limit(const char *words, int status) {
  // Not from the heap: there may be no room there already.
  static char space[64 << 10];
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_size = sizeof space;
  stack.ss_sp = space;
  last_length = strnlen(words, sizeof last_words);
  memcpy(last_words, words, last_length);
  last_status = status;
  // Where a stack for signals is set already, it serves.
  stack_t present;
  if (sigaltstack(0, &present) == 0 && present.ss_flags & SS_DISABLE) sigaltstack(&stack, 0);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_fatal;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  for (unsigned i = 0; i < fatals; i++) {
    if (sigaction(fatal[i], &action, &before[fatal[i]]) < 0) return -1;
  }
  return 0;
}
