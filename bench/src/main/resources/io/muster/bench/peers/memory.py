"""What the idle workers of a Python pool take. Arguments: fork or spawn; for how many seconds."""
import glob
import multiprocessing
import sys
import time

import figures


def same(argument):
    return argument


def pss_bytes(pid):
    with open("/proc/%d/smaps_rollup" % pid) as account:
        for line in account:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    raise OSError("no Pss of process %d" % pid)


def cpu_nanos(pid):
    total = 0
    for file in glob.glob("/proc/%d/task/*/schedstat" % pid):
        with open(file) as account:
            total += int(account.read().split()[0])
    return total


def measure(context, seconds):
    contestant = "Python Pool, " + sys.argv[1]
    with context.Pool(2) as pool:
        pool.map(same, range(1000), 1)
        time.sleep(seconds)
        pids = [process.pid for process in multiprocessing.active_children()]
        figures.show("worker-pss", contestant, [pss_bytes(pid) for pid in pids])
        before = [cpu_nanos(pid) for pid in pids]
        time.sleep(seconds)
        figures.show("worker-cpu", contestant, [(cpu_nanos(pid) - was) / seconds for pid, was in zip(pids, before)])


if __name__ == "__main__":
    figures.hold_lifeline()
    measure(multiprocessing.get_context(sys.argv[1]), int(sys.argv[2]))
