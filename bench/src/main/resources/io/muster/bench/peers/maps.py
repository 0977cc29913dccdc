"""The dict of Python's Manager: a server process that all ask. Argument: rounds of each measurement."""
import multiprocessing
import random
import sys

import figures

NAME = "Python manager dict"
STEPS = 1_000
ROUND_NANOS = 200_000_000


def get_and_put(manager, count, rounds):
    shared = manager.dict({"key-%d" % i: i for i in range(count)})
    order = random.Random(1).choices(range(count), k=STEPS)

    def gets():
        for index in order:
            shared["key-%d" % index]

    def puts():
        for index in order:
            shared["key-%d" % index] = index

    suffix = "-%dk" % (count // 1000)
    figures.rounds("get" + suffix, NAME, rounds, STEPS, gets)
    figures.rounds("put" + suffix, NAME, rounds, STEPS, puts)


def add(shared, lock, count, nanos):
    """A manager's dict loses updates on its own, so a lock goes with it."""
    start, done = figures.now(), 0
    while figures.now() - start < nanos:
        key = "counter-%d" % (done % count)
        with lock:
            shared[key] = shared[key] + 1
        done += 1
    return done


def add_again_and_again(shared, lock, count, begin, counts):
    while True:
        begin.wait()
        begin.clear()
        counts.put(add(shared, lock, count, ROUND_NANOS))


def increments(manager, metric, count, rounds):
    shared, lock = manager.dict({"counter-%d" % i: 0 for i in range(count)}), multiprocessing.Lock()
    begin, counts = multiprocessing.Event(), multiprocessing.SimpleQueue()
    multiprocessing.Process(target=add_again_and_again, args=(shared, lock, count, begin, counts), daemon=True).start()
    costs = []
    for i in range(-1, rounds):
        start = figures.now()
        begin.set()
        done = add(shared, lock, count, ROUND_NANOS) + counts.get()
        if i >= 0:
            costs.append((figures.now() - start) / done)
    figures.show(metric, NAME, costs)


if __name__ == "__main__":
    figures.hold_lifeline()
    rounds = int(sys.argv[1])
    with multiprocessing.Manager() as manager:
        get_and_put(manager, 10_000, rounds)
        get_and_put(manager, 100_000, rounds)
        increments(manager, "add-1", 1, rounds)
        increments(manager, "add-1000", 1_000, rounds)
