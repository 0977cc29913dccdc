"""Python's Events, set in turn by two processes. Arguments: round trips without gaps; with; the other's processor, or -1."""
import multiprocessing
import os
import sys
import time

import figures


def echo(there, back, cpu):
    if cpu >= 0:
        os.sched_setaffinity(0, {cpu})
    while True:
        there.wait()
        there.clear()
        back.set()


def round_trips(metric, rounds, gap_seconds, cpu):
    there, back = multiprocessing.Event(), multiprocessing.Event()
    child = multiprocessing.Process(target=echo, args=(there, back, cpu), daemon=True)
    child.start()
    costs = []
    for i in range(-max(rounds // 4, 50), rounds):
        if gap_seconds:
            time.sleep(gap_seconds)
        start = figures.now()
        there.set()
        back.wait()
        back.clear()
        if i >= 0:
            costs.append(figures.now() - start)
    child.kill()
    child.join()
    figures.show(metric, "Python Event", costs)


if __name__ == "__main__":
    figures.hold_lifeline()
    round_trips("awake", int(sys.argv[1]), 0, int(sys.argv[3]))
    round_trips("asleep", int(sys.argv[2]), 0.001, int(sys.argv[3]))
