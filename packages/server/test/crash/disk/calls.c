/* The calls by which a process changes files. Those of the directory go through here, all others pass. */
#define _GNU_SOURCE
#include "disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define DESCRIPTORS 65536

struct real real;

/* Stands for every file where nothing durable is kept. */
static char undurable_object;
static struct object *const undurable = (struct object *)&undurable_object;

/* What a descriptor of this process is open on: a file, or a directory. */
struct descriptor {
  struct object *object;
  char *directory;
  dev_t device;
  ino_t inode;
};
static struct descriptor descriptors[DESCRIPTORS];

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const char *root;

void die(const char *what) {
  dprintf(2, "faulty-disk: %s: %s\n", what, strerror(errno));
  abort();
}

static void *function(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) die(name);
  return found;
}

/* Also called by whatever opens a file before the constructors have run. */
__attribute__((constructor)) static void start(void) {
  if (real.mmap != NULL) return;
  real.open = function("open64");
  real.close = function("close");
  real.write = function("write");
  real.pwrite = function("pwrite64");
  real.ftruncate = function("ftruncate64");
  real.fsync = function("fsync");
  real.unlink = function("unlink");
  real.rename = function("rename");
  real.mmap = function("mmap64");
  root = getenv("FAULTY_DISK_DIRECTORY");
  read_names();
}

/* The part of a path below the directory; "" for the directory itself, NULL for whatever is elsewhere. */
static const char *inside(const char *path) {
  if (root == NULL || path == NULL) return NULL;
  size_t root_length = strlen(root);
  if (strncmp(path, root, root_length) != 0) return NULL;
  if (path[root_length] == '\0') return "";
  return path[root_length] == '/' ? path + root_length + 1 : NULL;
}

static int failed(int error) {
  errno = error;
  return -1;
}

static int open_inside(const char *path, const char *name, int flags, mode_t mode) {
  struct stat before;
  int is_new = (flags & O_CREAT) != 0 && stat(path, &before) != 0;
  int error = (flags & O_ACCMODE) == O_RDONLY && !is_new ? 0 : fault(is_new ? OPEN | NAME | GROW : OPEN);
  if (error > 0) return failed(error);
  int descriptor = real.open(path, flags, mode);
  if (descriptor < 0 || descriptor >= DESCRIPTORS) return descriptor;
  struct stat about;
  if (fstat(descriptor, &about) != 0) die(path);
  struct descriptor *entry = &descriptors[descriptor];
  *entry = (struct descriptor){NULL, NULL, about.st_dev, about.st_ino};
  if (S_ISDIR(about.st_mode)) entry->directory = strdup(name);
  if (!S_ISREG(about.st_mode)) return descriptor;
  entry->object = is_durable_kept() ? object_named(name) : undurable;
  if ((flags & O_TRUNC) != 0 && is_durable_kept()) remember(entry->object, 0, NULL, 0);
  return descriptor;
}

static int open_any(const char *path, int flags, mode_t mode) {
  start();
  const char *name = inside(path);
  if (name == NULL) return real.open(path, flags, mode);
  pthread_mutex_lock(&mutex);
  int descriptor = open_inside(path, name, flags, mode);
  pthread_mutex_unlock(&mutex);
  return descriptor;
}

static mode_t mode_of(int flags, va_list arguments) {
  return (flags & (O_CREAT | O_TMPFILE)) == 0 ? 0 : va_arg(arguments, mode_t);
}

#define DEFINE_OPEN(symbol)                          \
  int symbol(const char *path, int flags, ...) {     \
    va_list arguments;                               \
    va_start(arguments, flags);                      \
    mode_t mode = mode_of(flags, arguments);         \
    va_end(arguments);                               \
    return open_any(path, flags, mode);              \
  }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_OPENAT(symbol)                                                     \
  int symbol(int at, const char *path, int flags, ...) {                          \
    va_list arguments;                                                            \
    va_start(arguments, flags);                                                   \
    mode_t mode = mode_of(flags, arguments);                                      \
    va_end(arguments);                                                            \
    if (inside(path) != NULL) return open_any(path, flags, mode);                 \
    return (int)syscall(SYS_openat, at, path, flags, mode);                       \
  }
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)

/* What is known of a descriptor. Its number may have been closed and used again by a system call that nobody saw. */
static struct descriptor *known(int descriptor) {
  static struct descriptor unknown;
  if (descriptor < 0 || descriptor >= DESCRIPTORS) return &unknown;
  struct descriptor *entry = &descriptors[descriptor];
  struct stat about;
  if (entry->object == NULL && entry->directory == NULL) return &unknown;
  if (fstat(descriptor, &about) == 0 && about.st_dev == entry->device && about.st_ino == entry->inode) return entry;
  entry->object = NULL;
  entry->directory = NULL;
  return &unknown;
}

static struct object *object_of(int descriptor) { return known(descriptor)->object; }

int close(int descriptor) {
  start();
  if (descriptor >= 0 && descriptor < DESCRIPTORS) {
    descriptors[descriptor].object = NULL;
    descriptors[descriptor].directory = NULL;
  }
  return real.close(descriptor);
}

static ssize_t write_inside(int descriptor, const void *data, size_t length, off_t offset) {
  struct stat about;
  if (fstat(descriptor, &about) != 0) die("write");
  int is_appended = (fcntl(descriptor, F_GETFL) & O_APPEND) != 0;
  int is_positioned = offset >= 0;
  if (!is_positioned) offset = is_appended ? about.st_size : lseek(descriptor, 0, SEEK_CUR);
  int error = fault(offset + (off_t)length > about.st_size ? WRITE | GROW : WRITE);
  if (error > 0) return failed(error);
  if (error < 0) length = (length + 1) / 2;
  ssize_t written =
    is_positioned ? real.pwrite(descriptor, data, length, offset) : real.write(descriptor, data, length);
  if (written > 0 && is_durable_kept()) remember(object_of(descriptor), offset, data, (size_t)written);
  return written;
}

static ssize_t write_any(int descriptor, const void *data, size_t length, off_t offset) {
  start();
  if (object_of(descriptor) == NULL) {
    return offset >= 0 ? real.pwrite(descriptor, data, length, offset) : real.write(descriptor, data, length);
  }
  pthread_mutex_lock(&mutex);
  ssize_t written = write_inside(descriptor, data, length, offset);
  pthread_mutex_unlock(&mutex);
  return written;
}

ssize_t write(int descriptor, const void *data, size_t length) { return write_any(descriptor, data, length, -1); }
ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) {
  return write_any(descriptor, data, length, offset);
}
ssize_t pwrite64(int descriptor, const void *data, size_t length, off_t offset) {
  return write_any(descriptor, data, length, offset);
}

static ssize_t write_vector(int descriptor, const struct iovec *parts, int count, off_t offset) {
  if (object_of(descriptor) == NULL) {
    if (offset < 0) return syscall(SYS_writev, descriptor, parts, count);
    return syscall(SYS_pwritev, descriptor, parts, count, offset, 0);
  }
  ssize_t total = 0;
  for (int index = 0; index < count; index++) {
    off_t at = offset < 0 ? -1 : offset + total;
    ssize_t written = write_any(descriptor, parts[index].iov_base, parts[index].iov_len, at);
    if (written < 0) return total > 0 ? total : -1;
    total += written;
    if ((size_t)written < parts[index].iov_len) break;
  }
  return total;
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  return write_vector(descriptor, parts, count, -1);
}
ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
  return write_vector(descriptor, parts, count, offset);
}
ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off_t offset) {
  return write_vector(descriptor, parts, count, offset);
}

static int truncate_any(int descriptor, off_t length) {
  start();
  if (object_of(descriptor) == NULL) return real.ftruncate(descriptor, length);
  pthread_mutex_lock(&mutex);
  int error = fault(WRITE);
  int result = error > 0 ? failed(error) : real.ftruncate(descriptor, length);
  if (result == 0 && is_durable_kept()) remember(object_of(descriptor), length, NULL, 0);
  pthread_mutex_unlock(&mutex);
  return result;
}

int ftruncate(int descriptor, off_t length) { return truncate_any(descriptor, length); }
int ftruncate64(int descriptor, off_t length) { return truncate_any(descriptor, length); }

static int sync_any(int descriptor) {
  start();
  struct object *object = object_of(descriptor);
  const char *directory = known(descriptor)->directory;
  if (object == NULL && directory == NULL) return real.fsync(descriptor);
  pthread_mutex_lock(&mutex);
  int error = fault(SYNC);
  int result = error > 0 ? failed(error) : 0;
  if (!is_durable_kept()) result = result == 0 ? real.fsync(descriptor) : result;
  else if (object != NULL) settle(object, result == 0);
  else if (result == 0) settle_names(directory);
  pthread_mutex_unlock(&mutex);
  return result;
}

int fsync(int descriptor) { return sync_any(descriptor); }
int fdatasync(int descriptor) { return sync_any(descriptor); }

int unlink(const char *path) {
  start();
  const char *name = inside(path);
  if (name == NULL) return real.unlink(path);
  pthread_mutex_lock(&mutex);
  int error = fault(NAME);
  int result = error > 0 ? failed(error) : real.unlink(path);
  if (result == 0 && is_durable_kept()) remember_unlink(name);
  pthread_mutex_unlock(&mutex);
  return result;
}

int unlinkat(int at, const char *path, int flags) {
  return inside(path) != NULL && flags == 0 ? unlink(path) : (int)syscall(SYS_unlinkat, at, path, flags);
}

int rename(const char *from, const char *to) {
  start();
  const char *old_name = inside(from), *name = inside(to);
  if (old_name == NULL && name == NULL) return real.rename(from, to);
  if (old_name == NULL || name == NULL) die("rename across the border");
  pthread_mutex_lock(&mutex);
  int error = fault(NAME);
  int result = error > 0 ? failed(error) : real.rename(from, to);
  if (result == 0 && is_durable_kept()) remember_rename(old_name, name);
  pthread_mutex_unlock(&mutex);
  return result;
}

/* A mapping that can be written to would pass all of this by. */
static void *map_any(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  start();
  int is_written = (flags & MAP_SHARED) != 0 && (protection & PROT_WRITE) != 0 && (flags & MAP_ANONYMOUS) == 0;
  if (is_written && object_of(descriptor) != NULL) die("a file in the directory is mapped for writing");
  return real.mmap(address, length, protection, flags, descriptor, offset);
}

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  return map_any(address, length, protection, flags, descriptor, offset);
}
void *mmap64(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  return map_any(address, length, protection, flags, descriptor, offset);
}
