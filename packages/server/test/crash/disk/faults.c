/* Which call is to fail, and how: the line in FAULTY_DISK_FAULTS. */
#define _GNU_SOURCE
#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char line[256];
static int kinds, number, is_always, count;
static char what[16];

static void read_line(const char *faults) {
  char now[sizeof line] = "";
  int file = (int)syscall(SYS_openat, AT_FDCWD, faults, O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    if (syscall(SYS_read, file, now, sizeof now - 1) < 0) now[0] = '\0';
    syscall(SYS_close, file);
  }
  if (strcmp(now, line) == 0) return;
  strcpy(line, now);
  count = kinds = 0;
  char letters[8], how[8];
  if (sscanf(line, "%*s %7s %d %15s %7s", letters, &number, what, how) != 4) return;
  static const char order[] = "onwgs";
  for (const char *letter = letters; *letter != '\0'; letter++) {
    const char *place = strchr(order, *letter);
    if (place == NULL) die("a fault of a kind that is not known");
    kinds |= 1 << (place - order);
  }
  is_always = strcmp(how, "always") == 0;
}

int fault(int of) {
  const char *faults = getenv("FAULTY_DISK_FAULTS");
  if (faults == NULL) return 0;
  read_line(faults);
  if ((of & kinds) == 0) return 0;
  count++;
  if (is_always ? count < number : count != number) return 0;
  char fired[PATH_MAX];
  snprintf(fired, sizeof fired, "%s.fired", faults);
  int file = (int)syscall(SYS_openat, AT_FDCWD, fired, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0) syscall(SYS_close, file);
  if (strcmp(what, "KILL") == 0) kill(getpid(), SIGKILL);
  if (strcmp(what, "HALF") == 0) return -1;
  return strcmp(what, "ENOSPC") == 0 ? ENOSPC : strcmp(what, "EROFS") == 0 ? EROFS : EIO;
}
