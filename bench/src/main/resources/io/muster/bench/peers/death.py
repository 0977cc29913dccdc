"""How soon the death of a process is known. Arguments: waitpid or executor; how many; megabytes in use by the large ones;
for waitpid: what to call it, and the command of a program that takes the megabytes, and prints a line when it has them."""
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import figures


def waitpid(command, megabytes):
    process = subprocess.Popen(command + [str(megabytes)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdout.readline()
    start = figures.now()
    os.kill(process.pid, signal.SIGKILL)
    os.waitpid(process.pid, 0)
    cost = figures.now() - start
    process.returncode = -signal.SIGKILL
    process.stdin.close()
    process.stdout.close()
    return cost


def hold_for_ever(megabytes, pipe_name):
    held = [bytearray(b"x" * (1 << 20)) for _ in range(megabytes)]
    with open(pipe_name, "w") as pipe:
        pipe.write(str(os.getpid()))
    time.sleep(1e6)
    return len(held)


def executor(megabytes):
    pipe_name = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ready-%d" % os.getpid())
    os.mkfifo(pipe_name)
    try:
        pool = ProcessPoolExecutor(2)
        future = pool.submit(hold_for_ever, megabytes, pipe_name)
        with open(pipe_name) as pipe:
            pid = int(pipe.read())
        start = figures.now()
        os.kill(pid, signal.SIGKILL)
        try:
            future.result()
        except BrokenProcessPool:
            return figures.now() - start
        finally:
            pool.shutdown(wait=True)
        raise AssertionError("a killed task returned")
    finally:
        os.unlink(pipe_name)


if __name__ == "__main__":
    figures.hold_lifeline()
    kind, rounds, large = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for metric, count, megabytes in (("idle", rounds, 0), ("large", max(2, rounds // 2), large)):
        if kind == "waitpid":
            figures.show(metric, sys.argv[4], [waitpid(sys.argv[5:], megabytes) for _ in range(count)])
        else:
            figures.show(metric, "Python executor", [executor(megabytes) for _ in range(count)])
