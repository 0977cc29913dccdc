"""Python's Queue between processes. Arguments: round trips; rounds of items; items of a round."""
import multiprocessing
import sys

import figures

NAME = "Python Queue"
OBJECT = (7, 1 << 40, "sixteen letters.")
CAPACITY = 1024


def echo(there, back):
    while True:
        back.put(there.get())


def round_trips(trips):
    there, back = multiprocessing.Queue(CAPACITY), multiprocessing.Queue(CAPACITY)
    child = multiprocessing.Process(target=echo, args=(there, back), daemon=True)
    child.start()
    costs = []
    for i in range(-max(trips // 4, 50), trips):
        start = figures.now()
        there.put(OBJECT)
        back.get()
        if i >= 0:
            costs.append(figures.now() - start)
    child.kill()
    child.join()
    figures.show("round-trip", NAME, costs)


def put(queue, barrier, items):
    while True:
        barrier.wait()
        for _ in range(items):
            queue.put(OBJECT)
        barrier.wait()


def take(queue, barrier, items):
    while True:
        barrier.wait()
        for _ in range(items):
            queue.get()
        barrier.wait()


def flow(metric, pairs, rounds, items):
    """As many producers as consumers; this process only takes the time."""
    queue, barrier = multiprocessing.Queue(CAPACITY), multiprocessing.Barrier(2 * pairs + 1)
    children = [multiprocessing.Process(target=target, args=(queue, barrier, items // pairs), daemon=True)
                for target in (put, take) for _ in range(pairs)]
    for child in children:
        child.start()

    def messages():
        barrier.wait()
        barrier.wait()

    figures.rounds(metric, NAME, rounds, items // pairs * pairs, messages)
    for child in children:
        child.kill()
        child.join()


if __name__ == "__main__":
    figures.hold_lifeline()
    trips, rounds, items = map(int, sys.argv[1:])
    round_trips(trips)
    flow("1:1", 1, rounds, items)
    flow("2:2", 2, rounds, items)
