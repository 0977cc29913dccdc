"""No-op tasks in Python's two process pools. Arguments: pool or executor; percent of the rounds."""
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import Pool

import figures

WORKERS = 2
MAP_ITEMS = 200_000
BURST_TASKS = 20_000


def same(argument):
    return argument


def calls(metric, contestant, count, gap_seconds, call):
    costs = []
    for i in range(count + count // 4):
        if gap_seconds:
            time.sleep(gap_seconds)
        cost = figures.timed(lambda: call(i))
        if i >= count // 4:
            costs.append(cost)
    figures.show(metric, contestant, costs)


def measure(contestant, percent, call, submit, result, map_all, map_single):
    """Every way to use a pool, as the Java programs do it."""
    share = lambda whole: max(1, whole * percent // 100)
    numbers = range(BURST_TASKS)

    def burst(tasks):
        for future in [submit(*task) for task in tasks]:
            result(future)

    calls("apply-hot", contestant, share(4000), 0, call)
    calls("apply-cold", contestant, share(400), 0.001, call)
    figures.rounds("burst", contestant, share(3), BURST_TASKS, lambda: burst((same, i) for i in numbers))
    # A partial is what comes next to a lambda that captures: Python cannot send those.
    figures.rounds("burst-lambda", contestant, share(3), BURST_TASKS, lambda: burst((partial(same, i),) for i in numbers))
    figures.rounds("map", contestant, share(10), MAP_ITEMS, lambda: map_all(range(MAP_ITEMS)))
    figures.rounds("map-single", contestant, share(3), BURST_TASKS, lambda: map_single(numbers))


def measure_pool(percent):
    with Pool(WORKERS) as pool:
        measure(
            "Python Pool",
            percent,
            call=lambda i: pool.apply(same, (i,)),
            submit=lambda function, *arguments: pool.apply_async(function, arguments),
            result=lambda future: future.get(),
            map_all=lambda items: pool.map(same, items),
            map_single=lambda items: list(pool.imap_unordered(same, items)),
        )


def measure_executor(percent):
    # It has no default for chunks that is meant for this; so it gets the pool's.
    chunk = MAP_ITEMS // (4 * WORKERS)
    with ProcessPoolExecutor(WORKERS) as executor:
        measure(
            "Python executor",
            percent,
            call=lambda i: executor.submit(same, i).result(),
            submit=executor.submit,
            result=lambda future: future.result(),
            map_all=lambda items: list(executor.map(same, items, chunksize=chunk)),
            map_single=lambda items: list(executor.map(same, items)),
        )


if __name__ == "__main__":
    figures.hold_lifeline()
    {"pool": measure_pool, "executor": measure_executor}[sys.argv[1]](int(sys.argv[2]))
