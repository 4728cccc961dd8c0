/*
 * Stands between a process (LD_PRELOAD) and the files of one directory, as a disk that fails or loses its power.
 *
 * FAULTY_DISK_DIRECTORY  the directory, absolute and without symbolic links; everything else is left alone
 * FAULTY_DISK_DURABLE    another directory that gets what would be left after a loss of power. Nothing is written there
 *                        before it is synced: `o<id>` has the content of a file as of its last fsync, and `names` has a
 *                        line "L <id> <name>" or "U <name>" for each link or unlink as of the directory's last fsync.
 *                        After SIGKILL it is the disk; faulty-disk.ts makes a directory of it again.
 * FAULTY_DISK_EARLY      of 1,000 sectors that are written and not yet synced, how many reach the disk by themselves
 * FAULTY_DISK_SEED       of the choice of those
 * FAULTY_DISK_CARRY      if it is set, what an earlier process on the directory left un-synced can still be synced; if not,
 *                        its syncs had failed, and what it wrote can be read and will never be synced
 * FAULTY_DISK_FAULTS     a file, read before each call, of one line: "<any> <kinds> <n> <what> <once|always>". The n-th
 *                        call of one of the kinds since the line has changed fails so, or each from the n-th on. Kinds:
 *                        o open for writing, n create, rename or unlink, w write or truncate, g make a file or make it
 *                        longer, s sync. What: EIO, ENOSPC, EROFS, HALF (a short write), KILL. Once it has happened
 *                        there is a file of the same name and `.fired`.
 *
 * A sync that fails drops what it should have written, as Linux does: the pages count as clean, a later sync says
 * nothing of them, and they still can be read.
 */
#ifndef FAULTY_DISK_H
#define FAULTY_DISK_H

#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>

/* The calls that faults.c counts, in the order of the letters "onwgs". */
enum kind { OPEN = 1, NAME = 2, WRITE = 4, GROW = 8, SYNC = 16 };

/* The functions of the C library, which the ones of the same name in calls.c stand before. */
struct real {
  int (*open)(const char *, int, ...);
  int (*close)(int);
  ssize_t (*write)(int, const void *, size_t);
  ssize_t (*pwrite)(int, const void *, size_t, off_t);
  int (*ftruncate)(int, off_t);
  int (*fsync)(int);
  int (*unlink)(const char *);
  int (*rename)(const char *, const char *);
  void *(*mmap)(void *, size_t, int, int, int, off_t);
};
extern struct real real;

/* Ends the process: a disk that does not do what it should would make a test pass that must not. */
void die(const char *what);

/* What is to happen to a call of these kinds: 0 nothing, otherwise an error number, or -1 for a short write. */
int fault(int kinds);

/* The file that a descriptor is open on, as calls.c and durable.c know it. */
struct object;

/* Whether what would be left after a loss of power is kept. */
int is_durable_kept(void);

/* Begins with what the durable directory has. */
void read_names(void);

/* The file of this name below the directory; a new one if there is none. */
struct object *object_named(const char *name);

/* A write to a file, or its truncation to `offset` where there is no data. */
void remember(struct object *object, off_t offset, const void *data, size_t length);

/* Makes what a file waits for durable, or drops it. */
void settle(struct object *object, int is_kept);

/* Makes the names in a directory durable. */
void settle_names(const char *directory);

/* The file that has this name has another, or none. */
void remember_unlink(const char *name);
void remember_rename(const char *from, const char *to);

#endif
