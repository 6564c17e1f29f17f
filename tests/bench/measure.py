#!/usr/bin/env python3
"""Measures the whole road on this machine: `tests/bench/run` builds what is needed and calls this. Prints a table, never passes or fails.

Times are medians over several runs. What depends on the disk stands beside the disk's own figure from the same run.
"""
import json
import os
import statistics
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
from desk import Desk  # noqa: E402
from hq import Hq, run  # noqa: E402
from new_hire import right_answers  # noqa: E402
from walk import Terminal  # noqa: E402

NUMBER, PIN = "204117", "284617"
IDLE_SECONDS = 30


def cpu_ms(process):
    """Over all threads, in the scheduler's own nanoseconds: clock ticks of 10 ms are too coarse for something that sleeps."""
    total = 0
    for thread in os.listdir(f"/proc/{process}/task"):
        with open(f"/proc/{process}/task/{thread}/schedstat") as times:
            total += int(times.read().split()[0])
    return total / 1e6


def pss_kib(process):
    with open(f"/proc/{process}/smaps_rollup") as memory:
        return next(int(line.split()[1]) for line in memory if line.startswith("Pss:"))


def first_frame(desk, *command):
    start = time.monotonic()
    desk.start(*command)
    while not os.path.exists(desk.dump):
        if time.monotonic() - start > 20:
            raise SystemExit("no frame after 20 s")
        time.sleep(0.0005)
    return (time.monotonic() - start) * 1000


def idle(desk, seconds=IDLE_SECONDS):
    before = cpu_ms(desk.program.pid)
    time.sleep(seconds)  # the measurement itself
    return (cpu_ms(desk.program.pid) - before) / seconds / 10


def main(programs, durable_bench):
    rows = []
    with tempfile.TemporaryDirectory(prefix="adal-bench-") as folder:
        hq = Hq(programs, folder)
        hq.start()
        data = hq.terminal(os.path.join(folder, "terminal"))
        code = hq.one_time_code(NUMBER)
        hq.sync(data)
        hq.stop()

        desk = Desk(os.path.join(folder, "desk"))
        command = (hq.terminal_program, "--data", data, "--window", "1280x800", "--language", "kk")
        frames = []
        for _ in range(10):
            frames.append(first_frame(desk, *command))
            desk.wait("start.sign_in")
            desk.program.terminate()
            desk.program.wait(10)
        rows.append(("start to first frame", f"{statistics.median(frames):.0f} ms", f"best {min(frames):.0f}, worst {max(frames):.0f} of {len(frames)}"))
        first_frame(desk, *command)
        desk.wait("start.sign_in")
        time.sleep(1)
        rows.append(("memory, start screen", f"{pss_kib(desk.program.pid) / 1024:.1f} MB PSS", "Mesa's software renderer and the font included"))
        rows.append((f"idle for {IDLE_SECONDS} s", f"{idle(desk):.3f} % of a core", "clock in the header; HQ gone, so it also retries"))
        desk.close()

        walker = Terminal(hq.terminal_program, data)
        walker.start()
        walker.want("choose language", language="ru")
        walker.sign_in(NUMBER, PIN, code)
        walker.read_and_acknowledge(PIN)
        walker.take_module()
        walker.end()
        hq.start()
        hq.sync(data)
        hq.stop()

        walker = Terminal(hq.terminal_program, data)
        walker.start()
        walker.want("choose language", language="ru")
        walker.sign_in(NUMBER, PIN)
        walker.take_test(right_answers("quizzes/bank", "ru"))
        walker.end()
        hq.start()
        start = time.monotonic()
        sync = json.loads(hq.sync(data).stdout)
        took = (time.monotonic() - start) * 1000
        hq.stop()
        rows.append(("sync of a finished 20-item test", f"{sync['requests']} request(s), {sync['bytes_up']} bytes up, {sync['bytes_down']} down",
                     f"{sync['sent']} facts, {took:.0f} ms with the program's start; bodies of requests and replies, headers not counted"))

        everybody = json.loads(run(hq.hq, "duties", "--data", hq.data, "--site", "balkhash", "--json").stdout)
        everybody = everybody["duties"] if isinstance(everybody, dict) else everybody
        holders = {}
        for duty in everybody:
            if duty["duty"] == "probation-test":
                holders.setdefault(duty["number"], set()).add(duty["person"])
        other = next(number for number, people in holders.items() if len(people) == 1 and number != NUMBER)
        code = hq.one_time_code(other)
        hq.start()
        hq.sync(data)
        hq.stop()
        walker = Terminal(hq.terminal_program, data)
        walker.start()
        walker.sign_in(other, PIN, code)
        walker.want("open duty", duty="probation-test")
        walker.want("start test", duty="probation-test")
        walker.end()
        tap = json.loads(run(durable_bench, data, other, PIN).stdout)
        rows.append(("tap to durable answer", f"{tap['tap_median_us'] / 1000:.2f} ms, p99 {tap['tap_p99_us'] / 1000:.2f} ms",
                     f"{tap['ratio']} x the disk's own fdatasync of 4 KiB ({tap['fdatasync_median_us'] / 1000:.2f} ms, p99 {tap['fdatasync_p99_us'] / 1000:.2f} ms)"))
    analysis = json.loads(run(os.path.join(os.path.dirname(durable_bench), "analysis_bench")).stdout)
    rows.append(("item analysis, pure", f"{analysis['analyse_ms'] / 1000:.2f} s, {analysis['peak_mb']:.0f} MB",
                 f"{analysis['attempts']} attempts x {analysis['items_in_a_form']} of {analysis['items']} items, 12 sites; putting them into the table "
                 f"{analysis['add_ms'] / 1000:.2f} s, {analysis['table_mb']:.0f} MB"))
    width = max(len(row[0]) for row in rows)
    for name, figure, note in rows:
        print(f"{name:<{width}}  {figure}  ({note})")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
