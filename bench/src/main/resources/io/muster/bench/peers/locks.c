/* Mutexes of the C library in shared memory. Argument: rounds of each measurement. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAIRS_AT_ONCE 10000
#define ROUND_NANOS 200000000L
#define BATCH 64

struct shared {
    _Alignas(128) pthread_mutex_t mutex;
    _Alignas(128) atomic_int phase;
    _Alignas(128) atomic_long count;
    _Alignas(128) atomic_int done;
};

static long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static struct shared *make(int robust) {
    struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) exit(1);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    if (robust) pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&shared->mutex, &attributes);
    return shared;
}

static void lock(struct shared *shared) {
    if (pthread_mutex_lock(&shared->mutex) == EOWNERDEAD) pthread_mutex_consistent(&shared->mutex);
}

static void unlock(struct shared *shared) {
    pthread_mutex_unlock(&shared->mutex);
}

static void alone(const char *who, int rounds, int robust) {
    struct shared *shared = make(robust);
    printf("alone\t%s\t", who);
    for (int i = -50 * rounds; i < 50 * rounds; i++) {
        long start = now();
        for (int j = 0; j < PAIRS_AT_ONCE; j++) {
            lock(shared);
            unlock(shared);
        }
        if (i >= 0) printf("%.3f ", (double)(now() - start) / PAIRS_AT_ONCE);
    }
    putchar('\n');
}

static long pairs(struct shared *shared, long nanos) {
    long count = 0, start = now();
    while (nanos ? now() - start < nanos : atomic_load(&shared->phase) == 1) {
        for (int i = 0; i < BATCH; i++) {
            lock(shared);
            unlock(shared);
        }
        count += BATCH;
    }
    return count;
}

static void contended(const char *who, int rounds, int robust) {
    struct shared *shared = make(robust);
    fflush(stdout);
    pid_t child = fork();
    if (child < 0) exit(1);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) {
            while (atomic_load(&shared->phase) != 1) usleep(50);
            long count = pairs(shared, 0);
            atomic_store(&shared->count, count);
            atomic_store(&shared->done, 1);
            while (atomic_load(&shared->done)) usleep(50);
        }
    }
    double *costs = calloc(rounds, sizeof *costs), *balances = calloc(rounds, sizeof *balances);
    for (int i = -1; i < rounds; i++) {
        atomic_store(&shared->phase, 1);
        long start = now();
        long ours = pairs(shared, ROUND_NANOS);
        atomic_store(&shared->phase, 0);
        long nanos = now() - start;
        while (!atomic_load(&shared->done)) usleep(50);
        long theirs = atomic_load(&shared->count);
        atomic_store(&shared->done, 0);
        if (i < 0) continue;
        long more = ours > theirs ? ours : theirs, less = ours > theirs ? theirs : ours;
        costs[i] = (double)nanos / (ours + theirs);
        balances[i] = (double)more / (less ? less : 1);
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    printf("contended\t%s\t", who);
    for (int i = 0; i < rounds; i++) printf("%.3f ", costs[i]);
    printf("\nbalance\t%s\t", who);
    for (int i = 0; i < rounds; i++) printf("%.3f ", balances[i]);
    putchar('\n');
}

static void owner_killed(const char *who, int rounds) {
    printf("owner-killed\t%s\t", who);
    for (int i = 0; i < rounds; i++) {
        struct shared *shared = make(1);
        fflush(stdout);
        pid_t child = fork();
        if (child < 0) exit(1);
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            lock(shared);
            atomic_store(&shared->phase, 1);
            for (;;) pause();
        }
        while (!atomic_load(&shared->phase)) usleep(50);
        long start = now();
        kill(child, SIGKILL);
        lock(shared);
        printf("%ld ", now() - start);
        unlock(shared);
        waitpid(child, NULL, 0);
    }
    putchar('\n');
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int rounds = atoi(argv[1]);
    alone("C mutex", rounds, 0);
    alone("C robust mutex", rounds, 1);
    contended("C robust mutex", rounds, 1);
    owner_killed("C robust mutex", rounds);
    return 0;
}
