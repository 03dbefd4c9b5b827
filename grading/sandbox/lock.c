/*
 * lock: gives up everything but a few folders, then becomes another program. For Linux without bubblewrap; needs no
 * privilege. Landlock closes the file system, TCP, and signals and sockets to processes outside; a seccomp filter, read
 * from a file descriptor, closes the rest.
 *
 *   lock FILTER_FD [-x DIR | -r PATH]... -- PROGRAM ARGUMENTS
 *
 * -x: read and run what is in it; -r: read only. A path that does not exist is passed over. Exits with 126 and a sentence
 * if anything cannot be locked.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel's own header may be older than the kernel: these are its stable numbers and layouts. */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, ASK_VERSION = 1, PATH_BENEATH = 1 };
enum { EXECUTE = 1, READ_FILE = 4, READ_DIR = 8 };
struct ruleset { uint64_t files, network, scoped; };
struct path_beneath { uint64_t allowed; int32_t parent; } __attribute__((packed));

static void fail(const char *what) {
  fprintf(stderr, "lock: %s: %s\n", what, strerror(errno));
  _exit(126);
}

static void allow(int ruleset, const char *path, uint64_t rights) {
  struct path_beneath rule = { rights, open(path, O_PATH | O_CLOEXEC) };
  struct stat about;
  if (rule.parent < 0) return;
  if (fstat(rule.parent, &about) == 0 && !S_ISDIR(about.st_mode)) rule.allowed &= ~(uint64_t)READ_DIR;
  if (syscall(ADD_RULE, ruleset, PATH_BENEATH, &rule, 0)) fail(path);
  close(rule.parent);
}

int main(int count, char **words) {
  int at = 2;
  long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
  if (count < 4) { errno = EINVAL; fail("arguments"); }
  if (version < 1) fail("this kernel has no Landlock");

  /* every right that this version of Landlock knows is taken away */
  struct ruleset all = { version >= 3 ? 0x7fff : version == 2 ? 0x3fff : 0x1fff, 0, 0 };
  size_t size = 8;
  if (version >= 5) all.files |= 1 << 15;
  if (version >= 4) { all.network = 3; size = 16; }
  if (version >= 6) { all.scoped = 3; size = 24; }
  int ruleset = syscall(CREATE_RULESET, &all, size, 0);
  if (ruleset < 0) fail("Landlock");
  for (; at + 1 < count && strcmp(words[at], "--") != 0; at += 2)
    allow(ruleset, words[at + 1], READ_FILE | READ_DIR | (words[at][1] == 'x' ? EXECUTE : 0));
  char **program = words + at + 1;
  if (at + 1 >= count) { errno = EINVAL; fail("no program"); }
  allow(ruleset, program[0], READ_FILE | EXECUTE);

  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fail("no new privileges");
  if (prctl(PR_SET_PDEATHSIG, 9)) fail("end with the grader");
  if (syscall(RESTRICT_SELF, ruleset, 0)) fail("Landlock");
  close(ruleset);

  static struct sock_filter filter[4096];
  int source = atoi(words[1]);
  ssize_t bytes = pread(source, filter, sizeof filter, 0);
  if (bytes <= 0) fail("the filter of system calls");
  close(source);
  struct sock_fprog loaded = { (unsigned short)(bytes / sizeof filter[0]), filter };
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &loaded)) fail("seccomp");
  execv(program[0], program);
  fail(program[0]);
}
