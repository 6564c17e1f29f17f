#!/usr/bin/env python3
"""Two terminals and an HQ that no network joins, with real processes: sticks in any order, copied, lost, late, full, pulled out; kills at random moments.

In the end every fact is at HQ exactly once, and each terminal knows it. `sticks.py PROGRAMS [STORY ...]`.
"""
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hq import Hq, run  # noqa: E402
from stories import expect, tell  # noqa: E402
from walk import Terminal  # noqa: E402

PIN = "284617"


class Sticks:
    """HQ, stopped, and two terminals that were enrolled and then never again heard of by network."""

    def __init__(self, programs):
        self.folder = tempfile.TemporaryDirectory(prefix="adal-sticks-")
        self.hq = Hq(programs, self.folder.name)
        self.program = self.hq.terminal_program
        self.hq.start()
        self.terminals = [self.hq.terminal(os.path.join(self.folder.name, f"terminal-{n}")) for n in (1, 2)]
        self.hq.stop()
        self.numbers, self.codes, self.count = [], [], 0
        for number in sorted({duty["number"] for duty in self.duties_of("code")}):
            done = run(self.hq.hq, "employee", "code", "--data", self.hq.data, number, "--json", check=False)
            if done.returncode == 0 and len(self.numbers) < 2:  # a number that two people hold gets no code
                self.numbers.append(number)
                self.codes.append(json.loads(done.stdout)["code"])
            if len(self.numbers) == 2:
                break

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.hq.stop()
        self.folder.cleanup()

    def duties_of(self, duty):
        return json.loads(run(self.hq.hq, "duties", "--data", self.hq.data, "--site", "balkhash", "--duty", duty, "--json").stdout)

    # --- sticks

    def stick(self):
        self.count += 1
        path = os.path.join(self.folder.name, f"stick-{self.count}")
        os.makedirs(path)
        return path

    def copy(self, stick):
        other = self.stick()
        shutil.copytree(stick, other, dirs_exist_ok=True)
        return other

    def command(self, which, direction, stick):
        if which == "hq":
            return [self.hq.hq, "courier", direction, "--data", self.hq.data, stick, "--json"]
        return [self.program, "courier", direction, "--data", self.terminals[which], stick, "--json"]

    def carry(self, which, direction, stick, check=True, **more):
        done = subprocess.run(self.command(which, direction, stick), capture_output=True, text=True, timeout=120, **more)
        expect(not check or done.returncode == 0, f"courier {direction} of {which}: {done.returncode} {done.stdout}{done.stderr}")
        return done

    def told(self, which, direction, stick):
        return json.loads(self.carry(which, direction, stick).stdout)

    def round_trip(self, *terminals):
        stick = self.stick()
        for terminal in terminals:
            self.carry(terminal, "out", stick)
        self.carry("hq", "in", stick)
        self.carry("hq", "out", stick)
        for terminal in terminals:
            self.carry(terminal, "in", stick)
        return stick

    def killed(self, which, direction, stick, dice):
        """Ended by SIGKILL somewhere on its way, or just done."""
        process = subprocess.Popen(self.command(which, direction, stick), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        timer = threading.Timer(dice.uniform(0, 0.4), process.kill)
        timer.start()
        process.wait()
        timer.cancel()

    # --- people

    def work(self, which, sections=4):
        """Somebody signs in and reads a little."""
        terminal = Terminal(self.program, self.terminals[which])
        terminal.start()
        terminal.want("choose language", language="ru")
        state = terminal.sign_in(self.numbers[which], PIN, self.codes[which])
        self.codes[which] = None
        expect(state["screen"] == "duties", f"she is at her duties: {state['screen']}")
        terminal.want("open duty", duty="code")
        for section in range(1, sections + 1):
            terminal.want("go to section", section=section)
        terminal.want("show duties")
        terminal.end()

    # --- what must be true in the end

    def facts(self, which):
        done = run(self.program, "journal", "--data", self.terminals[which])
        return [json.loads(line)["hash"] for line in done.stdout.splitlines()]

    def facts_at_hq(self):
        base = sqlite3.connect(f"file:{os.path.join(self.hq.data, 'hq.db')}?mode=ro", uri=True)
        with base:
            rows = base.execute("SELECT hex(hash) FROM fact WHERE journal IN (SELECT id FROM journal WHERE terminal <> 'hq') ORDER BY hash").fetchall()
        base.close()
        return sorted(row[0].lower() for row in rows)

    def status(self, which):
        return json.loads(run(self.program, "status", "--data", self.terminals[which], "--json").stdout)

    def expect_all_at_hq(self):
        for _ in range(2):  # what came home is a fact, too
            self.round_trip(0, 1)
        here = sorted(self.facts(0) + self.facts(1))
        expect(self.facts_at_hq() == here, f"each fact is at HQ exactly once: {len(self.facts_at_hq())} of {len(here)}")
        for which in (0, 1):
            expect(self.status(which)["unsent"] == 0, f"terminal {which} knows it: {self.status(which)}")
            run(self.program, "verify", "--data", self.terminals[which])
        run(self.hq.hq, "verify", "--data", self.hq.data)


def everything_by_stick(programs):
    """Materials and people come by stick, work goes by stick, and its receipt comes home."""
    with Sticks(programs) as sticks:
        stick = sticks.stick()
        told = [sticks.told(which, "out", stick) for which in (0, 1)]
        expect(all(len(each["written"]) == 1 and each["facts"] > 0 for each in told), f"written: {told}")
        taken = sticks.told("hq", "in", stick)
        expect(len(taken["terminals"]) == 2 and not taken["refused"], f"taken: {taken}")
        written = sticks.told("hq", "out", stick)
        expect(len(written["terminals"]) == 2 and len(written["packs"]) == 2, f"written: {written}")
        for which in (0, 1):
            came = sticks.told(which, "in", stick)
            expect(came["release"] == 1 and came["roster"] and len(came["receipts"]) == 1, f"came: {came}")
            sticks.work(which)
        sticks.expect_all_at_hq()
        left = os.listdir(os.path.join(stick, "adal", "up"))
        expect(not [name for name in left if name.endswith(".new")], f"nothing unfinished is left: {left}")


def in_any_order(programs):
    """Sticks out of order, copied and brought twice, lost, home late with old receipts; a neighbour carries by stick and by network."""
    with Sticks(programs) as sticks:
        sticks.round_trip(0, 1)
        sticks.work(0)
        first = sticks.stick()
        sticks.carry(0, "out", first)
        sticks.work(0)
        second = sticks.stick()
        sticks.carry(0, "out", second)
        copy = sticks.copy(second)
        lost = sticks.stick()
        sticks.work(1)
        sticks.carry(1, "out", lost)
        shutil.rmtree(lost)
        for stick in (second, first, copy, copy):
            sticks.carry("hq", "in", stick)
        late = sticks.copy(first)
        sticks.carry("hq", "out", late)
        sticks.work(0)
        sticks.round_trip(0)
        before = sticks.status(0)["receipted"]
        came = sticks.told(0, "in", late)
        expect(not came["receipts"] and sticks.status(0)["receipted"] == before, f"an old receipt moves nothing back: {came}")

        sticks.work(1)
        bridge = sticks.stick()
        sticks.carry(1, "out", bridge)
        expect(sticks.told(0, "in", bridge)["carried"] >= 1, "a neighbour takes it along")
        onward = sticks.stick()
        expect(sticks.told(0, "out", onward)["neighbours"] >= 1, "and writes it on its own stick")
        expect(len(sticks.told("hq", "in", onward)["terminals"]) == 2, "HQ has both")

        sticks.work(1)
        sticks.carry(1, "out", bridge)
        sticks.carry(0, "in", bridge)
        sticks.hq.start()
        expect(sticks.hq.sync(sticks.terminals[0]).returncode == 0, "the neighbour has a network today")
        sticks.hq.stop()
        home = sticks.stick()
        sticks.carry(0, "out", home)
        sticks.carry(1, "in", home)
        expect(sticks.status(1)["unsent"] == 0, "the receipt came by way of the neighbour")
        sticks.expect_all_at_hq()


def killed_at_the_stick(programs):
    """SIGKILL of either program at random moments of writing and taking in: nothing is lost, nothing is there twice."""
    with Sticks(programs) as sticks:
        dice = random.Random(20261122)
        sticks.round_trip(0, 1)
        stick = sticks.stick()
        for _ in range(8):
            which = dice.choice((0, 1))
            sticks.work(which, sections=2)
            steps = [(which, "out"), ("hq", "in"), ("hq", "out"), (which, "in"), (1 - which, "in")]
            for who, direction in steps:
                sticks.killed(who, direction, stick, dice)
                if dice.random() < 0.5:
                    sticks.carry(who, direction, stick, check=False)
        sticks.expect_all_at_hq()


def full_and_pulled_out(programs):
    """A stick without room says so and keeps what is whole; one that is not there is told by its path; rubbish on it is named and left."""

    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40960, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    with Sticks(programs) as sticks:
        stick = sticks.stick()
        sticks.carry(0, "out", stick)
        sticks.carry("hq", "in", stick)
        full = sticks.carry("hq", "out", stick, check=False, preexec_fn=small_files)
        expect(full.returncode == 1 and stick in full.stderr, f"no room: {full.stderr}")
        came = sticks.carry(0, "in", stick, check=False)
        told = json.loads(came.stdout)
        expect(came.returncode == (1 if told["refused"] else 0) and told["release"] is None, f"no half materials: {told}")
        sticks.carry("hq", "out", stick)
        expect(sticks.told(0, "in", stick)["release"] == 1, "with room all of it comes")

        gone = sticks.carry(0, "out", os.path.join(sticks.folder.name, "nowhere"), check=False)
        expect(gone.returncode == 1 and "nowhere" in gone.stderr, f"gone: {gone.stderr}")
        expect(sticks.carry(0, "out", stick).returncode == 0, "the next stick works")
        up = os.path.join(stick, "adal", "up")
        part = next(name for name in os.listdir(up) if name.endswith(".adal"))
        with open(os.path.join(up, part), "r+b") as file:
            file.truncate(os.path.getsize(os.path.join(up, part)) // 2)
        sticks.carry(1, "out", stick)
        half = sticks.carry("hq", "in", stick, check=False)
        told = json.loads(half.stdout)
        expect(half.returncode == 1 and part in half.stderr and [each["file"] for each in told["refused"]] == ["up/" + part], f"half: {half.stderr}")
        expect(told["parts"] == 1, "the neighbour's part was taken all the same")
        expect(sticks.carry(0, "sideways", stick, check=False).returncode == 2, "wrong usage is 2")
        sticks.expect_all_at_hq()


def off_a_dead_disk(programs):
    """A terminal dies with work that no stick carried: its disk, killed in mid-write and without its key, gives it to HQ."""
    with Sticks(programs) as sticks:
        sticks.round_trip(0, 1)
        terminal = Terminal(sticks.program, sticks.terminals[0])
        terminal.start()
        terminal.sign_in(sticks.numbers[0], PIN, sticks.codes[0])
        terminal.want("open duty", duty="code")
        terminal.want("go to section", section=2)
        terminal.kill()
        disk = os.path.join(sticks.folder.name, "disk")
        shutil.copytree(sticks.terminals[0], disk)
        os.remove(os.path.join(disk, "terminal.key"))
        os.chmod(disk, 0o555)
        taken = sticks.told("hq", "in", disk)
        os.chmod(disk, 0o755)
        expect(taken["terminals"][0]["facts"] > 0 and not taken["refused"], f"off the disk: {taken}")
        expect(sticks.told("hq", "in", disk)["terminals"][0]["facts"] == 0, "a second time there is nothing new")
        expect(set(sticks.facts(0)) <= set(sticks.facts_at_hq()), "everything that was on the disk is at HQ")
        sticks.codes[0] = None
        sticks.expect_all_at_hq()


if __name__ == "__main__":
    tell([everything_by_stick, in_any_order, killed_at_the_stick, full_and_pulled_out, off_a_dead_disk])
