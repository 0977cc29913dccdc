/* Round trips between two processes through shared memory: by futex, and by spinning.
 * Arguments: rounds without gaps; rounds with gaps of 1 ms; the processor for the second process, or -1. */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define GAP_NANOS 1000000
#define WAKES_AT_ONCE 1000
#define SPINS_BEFORE_YIELD 100000
#define END -1

/* Each number in a cache line pair of its own. */
struct shared {
    _Alignas(128) atomic_int ping;
    _Alignas(128) atomic_int pong;
};

typedef void (*sender)(atomic_int *, int);
typedef int (*receiver)(atomic_int *, int);

static long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static void futex_send(atomic_int *word, int value) {
    atomic_store(word, value);
    syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static int futex_receive(atomic_int *word, int seen) {
    int value;
    while ((value = atomic_load(word)) == seen) syscall(SYS_futex, word, FUTEX_WAIT, seen, NULL, NULL, 0);
    return value;
}

static void spin_send(atomic_int *word, int value) {
    atomic_store(word, value);
}

static int spin_receive(atomic_int *word, int seen) {
    int value;
    for (long spins = 1; (value = atomic_load(word)) == seen; spins++) {
#if defined(__x86_64__)
        __builtin_ia32_pause();
#endif
        if (spins % SPINS_BEFORE_YIELD == 0) sched_yield();
    }
    return value;
}

static void echo(struct shared *shared, int cpu, sender send, receiver receive) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (cpu >= 0) {
        cpu_set_t set;
        CPU_ZERO(&set);
        CPU_SET(cpu, &set);
        sched_setaffinity(0, sizeof set, &set);
    }
    int seen = 0;
    while ((seen = receive(&shared->ping, seen)) != END) send(&shared->pong, seen);
    _exit(0);
}

static void round_trips(const char *metric, const char *who, int rounds, long gap, int cpu, sender send, receiver receive) {
    struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) exit(1);
    pid_t child = fork();
    if (child < 0) exit(1);
    if (child == 0) echo(shared, cpu, send, receive);
    long *costs = malloc(rounds * sizeof *costs);
    int warm_up = rounds / 2 > 300 ? rounds / 2 : 300;
    for (int i = -warm_up; i < rounds; i++) {
        if (gap) nanosleep(&(struct timespec){0, gap}, NULL);
        int number = i + warm_up + 1;
        long start = now();
        send(&shared->ping, number);
        receive(&shared->pong, number - 1);
        costs[i < 0 ? 0 : i] = now() - start;
    }
    send(&shared->ping, END);
    waitpid(child, NULL, 0);
    printf("%s\t%s\t", metric, who);
    for (int i = 0; i < rounds; i++) printf("%ld ", costs[i]);
    putchar('\n');
    free(costs);
    munmap(shared, sizeof *shared);
}

/* What waking costs at least when nobody sleeps: make sure that all see what was published, and look. */
static void wake_nobody(int rounds) {
    static atomic_int word;
    printf("wake-nobody\tC fence and load\t");
    for (int i = 0; i < rounds; i++) {
        long start = now();
        for (int j = 0; j < WAKES_AT_ONCE; j++) {
            atomic_thread_fence(memory_order_seq_cst);
            if (atomic_load(&word)) abort();
        }
        printf("%.3f ", (double)(now() - start) / WAKES_AT_ONCE);
    }
    putchar('\n');
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int rounds = atoi(argv[1]), gapped = atoi(argv[2]), cpu = atoi(argv[3]);
    int blocking = rounds / 10 > gapped ? rounds / 10 : gapped;
    round_trips("awake", "C spin", rounds, 0, cpu, spin_send, spin_receive);
    round_trips("asleep", "C futex", gapped, GAP_NANOS, cpu, futex_send, futex_receive);
    round_trips("blocking", "C futex", blocking, 0, cpu, futex_send, futex_receive);
    wake_nobody(gapped);
    return 0;
}
