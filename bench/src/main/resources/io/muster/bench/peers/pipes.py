"""Python's Pipe between two processes. Arguments: round trips without gaps, or 0; with; the other's processor, or -1; rounds of
messages one way; messages of a round."""
import multiprocessing
import os
import sys
import time

import figures

NAME = "Python Pipe"
MESSAGE = bytes(64)
OBJECT = (7, 1 << 40, "sixteen letters.")


def echo_bytes(pipe, cpu):
    if cpu >= 0:
        os.sched_setaffinity(0, {cpu})
    while True:
        pipe.send_bytes(pipe.recv_bytes())


def echo_objects(pipe, cpu):
    while True:
        pipe.send(pipe.recv())


def round_trips(metric, rounds, gap_seconds, cpu, echo, trip):
    here, there = multiprocessing.Pipe()
    child = multiprocessing.Process(target=echo, args=(there, cpu), daemon=True)
    child.start()
    costs = []
    for i in range(-max(rounds // 4, 50), rounds):
        if gap_seconds:
            time.sleep(gap_seconds)
        start = figures.now()
        trip(here)
        if i >= 0:
            costs.append(figures.now() - start)
    child.kill()
    child.join()
    figures.show(metric, NAME, costs)


def trip_bytes(pipe):
    pipe.send_bytes(MESSAGE)
    pipe.recv_bytes()


def trip_object(pipe):
    pipe.send(OBJECT)
    pipe.recv()


def receive_bytes(reader, done, items):
    while True:
        for _ in range(items):
            reader.recv_bytes()
        done.send_bytes(b"")


def receive_objects(reader, done, items):
    while True:
        for _ in range(items):
            reader.recv()
        done.send_bytes(b"")


def one_way(metric, rounds, items, receive, send):
    reader, writer = multiprocessing.Pipe(duplex=False)
    answer, done = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=receive, args=(reader, done, items), daemon=True)
    child.start()

    def messages():
        for _ in range(items):
            send(writer)
        answer.recv_bytes()

    figures.rounds(metric, NAME, rounds, items, messages)
    child.kill()
    child.join()


if __name__ == "__main__":
    figures.hold_lifeline()
    trips, gapped, cpu, rounds, items = map(int, sys.argv[1:])
    if trips:
        round_trips("awake", trips, 0, cpu, echo_bytes, trip_bytes)
        round_trips("awake-object", trips, 0, cpu, echo_objects, trip_object)
    round_trips("asleep", gapped, 0.001, cpu, echo_bytes, trip_bytes)
    if rounds:
        one_way("one-way", rounds, items, receive_bytes, lambda writer: writer.send_bytes(MESSAGE))
        one_way("one-way-objects", rounds, items, receive_objects, lambda writer: writer.send(OBJECT))
