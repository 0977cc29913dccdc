"""What the Python programs of the bench have in common: the lifeline, and the lines that the harness reads."""
import gc
import multiprocessing
import os
import sys
import threading
import time

now = time.monotonic_ns


def hold_lifeline():
    """Ends this process and all that it started when the one that launched it has gone: stdin ends then."""
    os.setpgid(0, 0)  # Ctrl-C is for the one that launched us

    def watch():
        while os.read(0, 4096):
            pass
        # Not the whole group: one helper of Python's has to live on to remove semaphores.
        for child in multiprocessing.active_children():
            child.kill()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def show(metric, contestant, costs):
    print(metric, contestant, " ".join("%.3f" % cost for cost in costs), sep="\t")
    sys.stdout.flush()


def timed(call):
    start = now()
    call()
    return now() - start


def rounds(metric, contestant, count, items, call):
    """Nanoseconds per item of `count` calls, after one that does not count."""
    call()
    gc.collect()
    show(metric, contestant, [timed(call) / items for _ in range(count)])
