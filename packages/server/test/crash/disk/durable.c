/* What a loss of power would leave: files as of their last sync, and names as of the last sync of their directory. */
#define _GNU_SOURCE
#include "disk.h"

#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR 512

/* A write that is not synced yet, or a truncation where there is no data. */
struct change {
  off_t offset;
  size_t length;
  char *data;
  struct change *next;
};

struct object {
  int id;
  int durable;
  int is_carried;
  struct change *first, *last;
};

struct name {
  char *path;
  struct object *object;
  struct name *next;
};

struct name_change {
  char *line;
  char *directory;
  struct name_change *next;
};

static const char *durable;
static unsigned early;
static uint64_t random_state;
static int last_id;
static struct name *names;
static struct name_change *first_name_change, **last_name_change = &first_name_change;

static void *must(void *pointer) {
  if (pointer == NULL) die("no memory");
  return pointer;
}

static unsigned random_below(unsigned bound) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return (unsigned)(random_state % bound);
}

static char *directory_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return must(slash == NULL ? strdup("") : strndup(path, (size_t)(slash - path)));
}

static struct object *new_object(int id, int flags) {
  struct object *object = must(calloc(1, sizeof *object));
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/o%d", durable, id);
  object->id = id;
  object->durable = real.open(path, O_RDWR | O_CREAT | O_CLOEXEC | flags, 0600);
  if (object->durable < 0) die(path);
  return object;
}

static struct name *find_name(const char *path) {
  struct name *name = names;
  while (name != NULL && strcmp(name->path, path) != 0) name = name->next;
  return name;
}

static struct object *take_name(const char *path) {
  for (struct name **at = &names; *at != NULL; at = &(*at)->next) {
    struct name *name = *at;
    if (strcmp(name->path, path) != 0) continue;
    struct object *object = name->object;
    *at = name->next;
    free(name->path);
    free(name);
    return object;
  }
  return NULL;
}

static void put_name(const char *path, struct object *object) {
  take_name(path);
  struct name *name = must(malloc(sizeof *name));
  *name = (struct name){must(strdup(path)), object, names};
  names = name;
}

static void write_durable(const struct object *object, const struct change *change, size_t from, size_t length) {
  off_t offset = change->offset + (off_t)from;
  if (real.pwrite(object->durable, change->data + from, length, offset) != (ssize_t)length) die("durable");
}

static void apply(const struct object *object, const struct change *change) {
  if (change->data != NULL) write_durable(object, change, 0, change->length);
  else if (real.ftruncate(object->durable, change->offset) != 0) die("durable");
}

/* Some sectors reach the disk before anybody asks for it, in any order. */
static void apply_some(const struct object *object, const struct change *change) {
  if (change->data == NULL) {
    if (random_below(1000) < early) apply(object, change);
    return;
  }
  for (size_t from = 0; from < change->length; from += SECTOR) {
    size_t length = change->length - from < SECTOR ? change->length - from : SECTOR;
    if (random_below(1000) < early) write_durable(object, change, from, length);
  }
}

void remember(struct object *object, off_t offset, const void *data, size_t length) {
  struct change *change = must(calloc(1, sizeof *change));
  change->offset = offset;
  change->length = length;
  if (data != NULL) change->data = memcpy(must(malloc(length)), data, length);
  if (object->last != NULL) object->last->next = change;
  else object->first = change;
  object->last = change;
  apply_some(object, change);
}

void settle(struct object *object, int is_kept) {
  while (object->first != NULL) {
    struct change *change = object->first;
    if (is_kept) apply(object, change);
    object->first = change->next;
    free(change->data);
    free(change);
  }
  object->last = NULL;
}

void settle_names(const char *directory) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/names", durable);
  int file = real.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) die(path);
  struct name_change **at = &first_name_change;
  while (*at != NULL) {
    struct name_change *change = *at;
    if (strcmp(change->directory, directory) != 0) {
      at = &change->next;
      continue;
    }
    if (real.write(file, change->line, strlen(change->line)) < 0) die(path);
    *at = change->next;
    free(change->line);
    free(change->directory);
    free(change);
  }
  last_name_change = at;
  real.close(file);
}

/* One line, or two that belong together. */
static void remember_name(const char *path, const char *format, ...) {
  struct name_change *change = must(calloc(1, sizeof *change));
  va_list arguments;
  va_start(arguments, format);
  if (vasprintf(&change->line, format, arguments) < 0) die("memory");
  va_end(arguments);
  change->directory = directory_of(path);
  *last_name_change = change;
  last_name_change = &change->next;
  if (random_below(1000) < early) settle_names(change->directory);
}

void read_names(void) {
  durable = getenv("FAULTY_DISK_DURABLE");
  if (durable == NULL) return;
  const char *seed = getenv("FAULTY_DISK_SEED"), *share = getenv("FAULTY_DISK_EARLY");
  random_state = 88172645463325252ULL ^ (seed == NULL ? 0 : strtoull(seed, NULL, 10) << 20);
  early = share == NULL ? 0 : (unsigned)atoi(share);
  char path[PATH_MAX], line[PATH_MAX];
  snprintf(path, sizeof path, "%s/names", durable);
  FILE *file = fopen(path, "re");
  if (file == NULL) return;
  while (fgets(line, sizeof line, file) != NULL) {
    int id, start = 0;
    line[strcspn(line, "\n")] = '\0';
    if (sscanf(line, "L %d %n", &id, &start) == 1 && start > 0) {
      put_name(line + start, new_object(id, 0));
      if (id > last_id) last_id = id;
    } else if (line[0] == 'U') {
      take_name(line + 2);
    }
  }
  fclose(file);
}

int is_durable_kept(void) { return durable != NULL; }

/* What an earlier process has written and not synced is still waiting: the file as it can be read is to be synced. */
static void carry(struct object *object, const char *name) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/%s", getenv("FAULTY_DISK_DIRECTORY"), name);
  int file = real.open(path, O_RDONLY | O_CLOEXEC);
  struct stat about;
  if (file < 0 || fstat(file, &about) != 0) return;
  char *data = must(malloc((size_t)about.st_size + 1));
  if (pread(file, data, (size_t)about.st_size, 0) != about.st_size) die(path);
  remember(object, 0, NULL, 0);
  if (about.st_size > 0) remember(object, 0, data, (size_t)about.st_size);
  free(data);
  real.close(file);
}

struct object *object_named(const char *name) {
  struct name *known = find_name(name);
  struct object *object = known != NULL ? known->object : new_object(++last_id, O_TRUNC);
  if (known == NULL) {
    put_name(name, object);
    remember_name(name, "L %d %s\n", last_id, name);
  }
  if (!object->is_carried && getenv("FAULTY_DISK_CARRY") != NULL) carry(object, name);
  object->is_carried = 1;
  return object;
}

void remember_unlink(const char *name) {
  if (take_name(name) != NULL) remember_name(name, "U %s\n", name);
}

void remember_rename(const char *from, const char *to) {
  struct object *object = take_name(from);
  if (object == NULL) return;
  put_name(to, object);
  remember_name(to, "U %s\nL %d %s\n", from, object->id, to);
}
