#!/usr/bin/env python3
"""Measures the link and HQ's intake on this machine: `tests/bench/run` builds what is needed and calls this. Prints tables, never passes or fails.

`measure_sync.py PROGRAMS [FACTS_AT_HQ]`. HQ is the real program over loopback HTTP; bare SQLite and bare zstd do their part in the same run.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
from counted_road import CountedRoad  # noqa: E402
from hq import Hq, run  # noqa: E402


def say(name, figure, note=""):
    print(f"{name:<44}  {figure}" + (f"  ({note})" if note else ""), flush=True)


def ingest(programs, folder, rows_a_batch):
    found = json.loads(run(os.path.join(programs, "ingest_bench"), os.path.join(folder, f"ingest-{rows_a_batch}"), "10000", str(rows_a_batch)).stdout)
    facts = found["facts"]

    def rate(ms):
        return f"{facts / ms * 1000:,.0f} facts/s"

    hq = found["hq_ms"]
    name = f"ingest, {rows_a_batch:,} rows a request"
    say(name, rate(hq), f"{facts:,} facts in {hq:.0f} ms, {found['requests']} requests")
    say("  bare SQLite, the same table", rate(found["same_table_ms"]), f"{hq / found['same_table_ms']:.2f} x")
    say("  bare SQLite, its primary key alone", rate(found["key_only_ms"]), f"{hq / found['key_only_ms']:.2f} x")
    known = found["reading_ms"] + found["checking_ms"] + found["storing_ms"]
    say("  of HQ's time", ", ".join(f"{part} {ms / hq * 100:.0f} %" for part, ms in (
        ("envelope, unpacking and JSON", found["reading_ms"]), ("chain and signature", found["checking_ms"]), ("rows into the store", found["storing_ms"]),
        ("belief, folds, answer", hq - known))))
    wire, ideal = found["wire_bytes"], found["zstd_bytes"]
    say("  on the wire", f"{wire / facts:.1f} bytes a fact", f"{wire:,} bytes; {wire / ideal:.2f} x zstd -3 of the bare text, {ideal / facts:.1f} bytes a fact of {found['text_bytes'] / facts:.0f}")
    say("  of it question, signatures, hashes", f"{found['requests'] * found['empty_question_bytes'] / wire * 100:.1f} %", f"an empty question has {found['empty_question_bytes']} bytes")


class Link:
    """A terminal and an HQ that holds many facts of it already."""

    def __init__(self, programs, folder, at_hq):
        self.bench = os.path.join(programs, "sync_bench")
        self.hq = Hq(programs, folder)
        self.hq.start()
        self.data = self.hq.terminal(os.path.join(folder, "terminal"))
        self.hq.sync(self.data)  # roster, library and bank are there
        self.road = CountedRoad(self.hq.port)
        self.record(at_hq)
        filled = self.exchange(self.hq.url)
        say(f"{filled['sent']:,} facts before", f"{filled['ms'] / 1000:.2f} s", f"{filled['requests']} requests")

    def record(self, facts):
        return json.loads(run(self.bench, "record", self.data, str(facts)).stdout)["facts"] if facts else 0

    def exchange(self, url):
        return json.loads(run(self.bench, "exchange", self.data, url).stdout)

    def round_trip(self):
        return json.loads(run(self.bench, "round_trip", self.hq.url).stdout)["ms"]

    def row(self, facts, times):
        taken = []
        for _ in range(times):
            self.record(facts)
            taken.append(self.exchange(self.hq.url))
        self.record(facts)
        self.road.counted()
        counted = self.exchange(self.road.url)
        up, down = self.road.counted()
        ms = [one["ms"] for one in taken]
        say(f"  {facts:,} new facts ({counted['sent']:,} sent)", f"{statistics.median(ms):.1f} ms, {counted['requests']} request(s), {up:,} bytes up, {down:,} down",
            f"{min(ms):.1f} to {max(ms):.1f} ms of {times}; with HTTP's headers, without them {counted['bytes_up']:,} and {counted['bytes_down']:,}")

    def cut(self, name, facts, prepare, mend=lambda: None):
        """An exchange that `prepare` has something happen to, and then the one that mends it."""
        sent = self.record(facts)
        self.road.counted()
        prepare(lambda: process.kill())
        process = subprocess.Popen([self.bench, "exchange", self.data, self.road.url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        process.wait(60)
        lost_up, _ = self.road.counted()
        mend()
        again = self.exchange(self.road.url)
        up, down = self.road.counted()
        nothing = self.exchange(self.hq.url)
        agree = "both agree" if nothing["sent"] == 0 else f"STILL {nothing['sent']} TO SEND"
        say(f"  {name}", f"{again['requests']} request(s), {up:,} bytes up, {down:,} down, {again['ms']:.0f} ms", f"{sent:,} facts; {lost_up:,} bytes went up before; then {agree}")

    def kill_hq_before_reply(self, _):
        self.road.before_down = lambda: self.hq.stop(kill=True)

    def kill_terminal_in_question(self, kill):
        self.road.after_up = (8_000, kill)

    def kill_terminal_before_reply(self, kill):
        self.road.before_down = kill

    def close(self):
        self.road.close()
        self.hq.stop()


def main(programs, at_hq):
    with tempfile.TemporaryDirectory(prefix="adal-bench-sync-") as folder:
        for rows in (500, 16_000):
            ingest(programs, folder, rows)
        link = Link(programs, folder, at_hq)
        say("the bare round trip", f"{link.round_trip():.2f} ms", "GET of the keys over the same road")
        for facts, times in ((0, 9), (20, 9), (1_000, 5), (10_000, 3)):
            link.row(facts, times)
        print("after a kill:")
        link.cut("HQ, before its reply went out", 1_000, link.kill_hq_before_reply, link.hq.start)
        link.cut("the terminal, half the question up", 1_000, link.kill_terminal_in_question)
        link.cut("the terminal, HQ's reply on the road", 1_000, link.kill_terminal_before_reply)
        link.close()


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 50_000)
