"""Start of a Python process to the first statement in it. Arguments: spawn or fork; how many starts."""
import multiprocessing
import sys

import figures


def first_statement(pipe):
    pipe.send(figures.now())


def cost(context):
    receiving, sending = context.Pipe(False)
    process = context.Process(target=first_statement, args=(sending,))
    start = figures.now()
    process.start()
    began = receiving.recv()
    process.join()
    return began - start


if __name__ == "__main__":
    figures.hold_lifeline()
    context = multiprocessing.get_context(sys.argv[1])
    costs = [cost(context) for _ in range(int(sys.argv[2]) + 1)][1:]
    for metric in ("lambda", "main"):
        figures.show(metric, "Python " + sys.argv[1], costs)
