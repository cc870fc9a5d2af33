// What the disk and the kernel alone allow: reads, writes, makes durable, publishes and removes the same files that
// the daemon would take in, without looking into them.
//   baseline MODE SOURCE TARGET     MODE: each (fsync one by one) or batch (one syncfs per 256 files)
// Prints files per second.
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 256 };
static char buffer[1 << 20];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void copy(int source, int target, const char *name, const char *temporary, int sync) {
  int in = openat(source, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (in < 0) fail("open");
  ssize_t size = read(in, buffer, sizeof buffer);
  if (size < 0) fail("read");
  close(in);
  int out = openat(target, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
  if (out < 0 || write(out, buffer, size) != size) fail("write");
  if (sync && fsync(out) < 0) fail("fsync");
  close(out);
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  int batch = !strcmp(argv[1], "batch");
  int source = open(argv[2], O_RDONLY | O_DIRECTORY), target = open(argv[3], O_RDONLY | O_DIRECTORY);
  if (source < 0 || target < 0) fail("open");
  size_t count = 0, room = 1024;
  char **names = malloc(room * sizeof *names);
  DIR *listing = fdopendir(dup(source));
  for (struct dirent *entry; (entry = readdir(listing));) {
    if (entry->d_name[0] == '.') continue;
    if (count == room) names = realloc(names, (room *= 2) * sizeof *names);
    names[count++] = strdup(entry->d_name);
  }
  closedir(listing);

  double start = now();
  for (size_t at = 0; at < count; at += BATCH) {
    size_t end = at + BATCH < count ? at + BATCH : count;
    char temporary[300];
    for (size_t i = at; i < end; i++) {
      snprintf(temporary, sizeof temporary, ".%s", names[i]);
      copy(source, target, names[i], temporary, !batch);
      if (batch) continue;
      if (renameat(target, temporary, target, names[i]) < 0) fail("rename");
      if (fsync(target) < 0) fail("fsync");
      if (unlinkat(source, names[i], 0) < 0) fail("unlink");
    }
    if (!batch) continue;
    if (syncfs(target) < 0) fail("syncfs");
    for (size_t i = at; i < end; i++) {
      snprintf(temporary, sizeof temporary, ".%s", names[i]);
      if (renameat(target, temporary, target, names[i]) < 0) fail("rename");
    }
    if (fsync(target) < 0) fail("fsync");
    for (size_t i = at; i < end; i++)
      if (unlinkat(source, names[i], 0) < 0) fail("unlink");
  }
  printf("%.0f\n", count / (now() - start));
  return 0;
}
