/* Makes fsync and fdatasync take longer by as many milliseconds as the shared file says at that moment. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static volatile uint32_t *delay_ms;

__attribute__((constructor)) static void open_delay(void) {
  const char *path = getenv("RONDA_CHAOS_FSYNC_DELAY");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *shared = mmap(NULL, sizeof *delay_ms, PROT_READ, MAP_SHARED, file, 0);
  if (shared != MAP_FAILED) delay_ms = shared;
  close(file);
}

static void wait_first(void) {
  if (delay_ms && *delay_ms) usleep(*delay_ms * 1000);
}

int fsync(int file) {
  wait_first();
  return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
}

int fdatasync(int file) {
  wait_first();
  return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file);
}
