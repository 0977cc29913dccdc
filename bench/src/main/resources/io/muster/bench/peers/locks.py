"""Python's Lock between two processes. Argument: rounds of each measurement."""
import multiprocessing
import sys

import figures

PAIRS_AT_ONCE = 10_000
ROUND_NANOS = 200_000_000
BATCH = 64
NAME = "Python Lock"


def pairs(lock, go_on):
    count = 0
    while go_on():
        for _ in range(BATCH):
            lock.acquire()
            lock.release()
        count += BATCH
    return count


def other(lock, go, done, counts):
    while True:
        go.wait()
        counts.put(pairs(lock, go.is_set))
        done.set()


def alone(rounds):
    lock = multiprocessing.Lock()

    def many():
        for _ in range(PAIRS_AT_ONCE):
            lock.acquire()
            lock.release()

    figures.rounds("alone", NAME, 5 * rounds, PAIRS_AT_ONCE, many)


def contended(rounds):
    lock, go, done, counts = (
        multiprocessing.Lock(),
        multiprocessing.Event(),
        multiprocessing.Event(),
        multiprocessing.SimpleQueue(),
    )
    multiprocessing.Process(target=other, args=(lock, go, done, counts), daemon=True).start()
    costs, balances = [], []
    for i in range(-1, rounds):
        start = figures.now()
        go.set()
        ours = pairs(lock, lambda: figures.now() - start < ROUND_NANOS)
        go.clear()
        nanos = figures.now() - start
        theirs = counts.get()
        done.wait()
        done.clear()
        if i >= 0:
            costs.append(nanos / (ours + theirs))
            balances.append(max(ours, theirs) / max(1, min(ours, theirs)))
    figures.show("contended", NAME, costs)
    figures.show("balance", NAME, balances)


if __name__ == "__main__":
    figures.hold_lifeline()
    alone(int(sys.argv[1]))
    contended(int(sys.argv[1]))
