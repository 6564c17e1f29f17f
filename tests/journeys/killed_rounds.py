#!/usr/bin/env python3
"""SIGKILL of either side while they exchange, many rounds, with real processes; people go on working in between.

Half of the kills come at any moment, half when HQ's store is just being written: then HQ may have what the terminal never hears of.
`killed_rounds.py PROGRAMS [STORY ...]`; ADAL_SEED=N for other dice.
"""
import os
import random
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from place import Place  # noqa: E402
from stories import expect, tell  # noqa: E402

SEED = int(os.environ.get("ADAL_SEED", "20261122"))
ROUNDS = 30


class Rounds:
    def __init__(self, place, dice):
        self.place, self.dice = place, dice
        self.data = place.terminal("terminal")
        place.read(self.data, place.hq.one_time_code("204117"))
        self.name = place.status(self.data)["terminal"]
        began = time.monotonic()
        place.sync(self.data)
        self.whole = time.monotonic() - began  # seconds of an exchange when nobody is killed
        self.struck, self.unheard = 0, 0

    def head_at_hq(self):
        return self.place.look("SELECT COUNT(*) FROM fact f JOIN journal j ON j.id = f.journal WHERE j.terminal = ?", self.name)[0][0]

    def writes(self):
        """Changes whenever HQ's store is written."""
        try:
            found = os.stat(os.path.join(self.place.hq.data, "hq.db-wal"))
            return found.st_size, found.st_mtime_ns
        except FileNotFoundError:
            return None

    def moment_comes(self, exchange):
        """Waits for the moment of the kill, or until there is nothing more to disturb."""
        before, wait = self.writes(), self.dice.uniform(0, self.whole * 1.1)
        if self.dice.random() < 0.5:
            while exchange.poll() is None and self.writes() == before:
                time.sleep(0.0005)
            wait = self.dice.choice((0, 0.003, 0.01))
        began = time.monotonic()
        while exchange.poll() is None and time.monotonic() - began < wait:
            time.sleep(0.001)

    def strike(self, who):
        """One exchange, and the kill of `who`: "terminal", "HQ" or both."""
        exchange = subprocess.Popen([self.place.hq.terminal_program, "sync", "--data", self.data], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.moment_comes(exchange)
        if "HQ" in who:
            self.place.hq.stop(kill=True)
        if "terminal" in who:
            exchange.kill()
        said = exchange.communicate(timeout=120)[1]
        expect(exchange.returncode in (0, 1, -9), f"it ends in order: {exchange.returncode} {said}")
        expect(exchange.returncode != 1 or said.strip(), "and says why it could not")
        self.struck += exchange.returncode != 0
        self.judge()

    def judge(self):
        """What the terminal has a receipt for is at HQ, whoever was killed."""
        status, there = self.place.status(self.data), self.head_at_hq()
        expect(there >= status["receipted"], f"no receipt promises what HQ lacks: {there} of {status['receipted']}")
        self.unheard += there > status["receipted"]

    def recover(self):
        """After whatever happened one request is enough, and it brings what the terminal does not know to be at HQ."""
        waits = self.place.status(self.data)["unsent"]
        told = self.place.sync(self.data)
        expect(told["requests"] == 1 and told["sent"] == waits, f"one request recovers {waits}: {told}")
        self.place.expect_record(self.data)

    def report(self):
        print(f"  {self.struck} of {ROUNDS} exchanges cut off; {self.unheard} times HQ had what the terminal had not heard of", flush=True)
        expect(self.struck >= ROUNDS // 4 and self.unheard >= 2, "the kills struck where it matters")


def rounds(programs, who):
    with Place(programs) as place:
        print(f"  ADAL_SEED={SEED}", flush=True)
        dice = random.Random(f"{SEED} {who}")
        killed = Rounds(place, dice)
        for number in range(1, ROUNDS + 1):
            place.read(killed.data, sections=dice.randrange(1, 13))
            killed.strike(who)
            if not place.hq.process:
                place.hq.start()
            if number % 5 == 0:
                killed.recover()
        killed.report()


def terminal_killed(programs):
    """The terminal is killed while it sends: HQ has every fact once and in order, and one request recovers."""
    rounds(programs, "terminal")


def hq_killed(programs):
    """HQ is killed while it receives: no receipt promised what is not there, and one request recovers."""
    rounds(programs, "HQ")


def both_killed_with_packs(programs):
    """Both are killed while a new edition comes down: in the end the terminal has it whole, and HQ every fact."""
    with Place(programs) as place:
        dice = random.Random(f"{SEED} packs")
        killed = Rounds(place, dice)
        for number in range(1, 9):
            release = place.new_edition()
            place.read(killed.data, sections=3)
            killed.strike(dice.choice(["terminal", "HQ", "terminal and HQ"]))
            if not place.hq.process:
                place.hq.start()
        place.sync(killed.data)
        expect(place.status(killed.data)["release"] == release, "the newest edition is there")
        place.read(killed.data, sections=1)
        killed.recover()


if __name__ == "__main__":
    tell([terminal_killed, hq_killed, both_killed_with_packs])
