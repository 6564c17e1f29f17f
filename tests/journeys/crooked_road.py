#!/usr/bin/env python3
"""A road that cuts, leaves out, repeats, tarries and loses, between real processes: in the end both hold the same record.

`crooked_road.py PROGRAMS [STORY ...]`; ADAL_SEED=N for other dice.
"""
import collections
import hashlib
import json
import os
import random
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from crooked import DOWN, UP, Bent, CutAnswer, LosingAnswer, Refusing, Road, Slow, Straight  # noqa: E402
from place import Place  # noqa: E402
from stories import expect, tell  # noqa: E402

SEED = int(os.environ.get("ADAL_SEED", "20261122"))
EXCHANGES = 60


class Journey(Place):
    """HQ and its terminals with a road between that does as it is told."""

    def __init__(self, programs):
        super().__init__(programs)
        self.road = Road(self.hq.port)
        self.hq.url = self.road.url

    def __exit__(self, *problem):
        self.road.close()
        super().__exit__(*problem)

    def over(self, trip, *words):
        """A command of the terminal over this kind of road."""
        self.road.trip, self.road.heard = trip, b""
        done = self.command(*words, check=False)
        self.road.trip = Straight
        expect(done.returncode in (0, 1), f"it ends in order: {done.returncode} {done.stderr}")
        expect(done.returncode == 0 or done.stderr.strip(), "and says why it could not")
        expect("exception" not in done.stderr.lower(), done.stderr)
        return done

    def terminals(self):
        return [each["terminal"] for each in self.at_hq("terminal", "list")]


def hash_of(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def some_trip(dice):
    """Any mischief; where it strikes is as often among the first bytes as far on."""
    at, count = int(10 ** dice.uniform(0, 3.6)), int(10 ** dice.uniform(0, 2.5))
    direction, is_reset = dice.choice((UP, DOWN)), dice.random() < 0.5
    kind = dice.choice(("refuse", "slow", "lose the answer", "cut", "cut", "leave out", "repeat"))
    if kind == "refuse":
        return kind, Refusing
    if kind == "slow":
        return kind, lambda: Slow(random.Random(at))
    if kind == "lose the answer":
        return kind, lambda: LosingAnswer(b"/exchange")
    return f"{kind} {direction}", lambda: Bent(kind, direction, at, count, is_reset)


def enrolled_over_it(programs):
    """The answer to an enrolment is lost, and much besides; the same code makes one terminal, and nobody else gets in by it."""
    with Journey(programs) as place:
        print(f"  ADAL_SEED={SEED}", flush=True)
        dice = random.Random(f"{SEED} enrolment")
        code, data = place.at_hq("terminal", "invite", "--site", "balkhash")["code"], place.path("terminal")
        enrol = ("enrol", "--data", data, "--hq", place.road.url, "--code", code, "--json")
        expect(place.over(lambda: LosingAnswer(b"/keys"), *enrol).returncode == 1, "no keys, no terminal")
        expect(place.terminals() == [], "nor at HQ")
        expect(place.over(lambda: LosingAnswer(b"/enrolments"), *enrol).returncode == 1, "the answer is lost")
        expect(len(place.terminals()) == 1, "HQ has let it in")
        expect(not os.path.exists(os.path.join(data, "journal.db")), "the terminal has not begun")
        for _ in range(12):
            at = int(10 ** dice.uniform(0, 2.5))
            words = dice.choice((b"/keys", b"/enrolments"))
            expect(place.over(lambda: CutAnswer(words, at), *enrol).returncode == 1, f"cut after {at} bytes of the answer")
        stranger = place.command("enrol", "--data", place.path("stranger"), "--hq", place.road.url, "--code", code, check=False)
        expect(stranger.returncode == 1, "the code serves nobody else")
        done = place.over(Straight, *enrol)
        expect(done.returncode == 0 and json.loads(done.stdout)["terminal"] == place.terminals()[0], f"it begins: {done.stderr}")
        expect(len(place.terminals()) == 1, "one terminal was made")
        place.sync(data)
        place.expect_record(data)


def many_exchanges(programs):
    """Many exchanges over it while people work: nothing is lost, doubled or out of order, and then one request is enough."""
    with Journey(programs) as place:
        dice = random.Random(f"{SEED} exchanges")
        data = place.terminal("terminal")
        place.read(data, place.hq.one_time_code("204117"))
        name, told = place.status(data)["terminal"], collections.defaultdict(lambda: [0, 0])
        unheard = 0
        for number in range(EXCHANGES):
            if number % 3 == 0:
                place.read(data, sections=dice.randrange(1, 13))
            if number % 20 == 10:
                place.new_edition()
            kind, trip = some_trip(dice)
            done = place.over(trip, "sync", "--data", data)
            told[kind][done.returncode] += 1
            there, receipted = len(place.facts_at_hq(name)), place.status(data)["receipted"]
            expect(there >= receipted, f"no receipt promises what HQ lacks: {there} of {receipted}")
            unheard += there > receipted
        print("  " + "; ".join(f"{kind}: {good} through, {bad} not" for kind, (good, bad) in sorted(told.items())), flush=True)
        print(f"  {unheard} times HQ had what the terminal had not heard of", flush=True)
        expect(sum(bad for _, bad in told.values()) >= EXCHANGES // 3 and unheard >= 3, "the road was crooked")
        expect(told["lose the answer"][0] == told["refuse"][0] == 0, "what is lost is not taken for an answer")
        expect(told["slow"][1] == 0, "a slow road is a road")
        place.sync(data)
        place.read(data)
        expect(place.sync(data)["requests"] == 1, "one request")
        place.expect_record(data)


def packs_go_on(programs):
    """The road breaks again and again in a pack: each time the terminal goes on from the byte that it has."""
    with Journey(programs) as place:
        dice = random.Random(f"{SEED} packs")
        data = place.hq.terminal(place.path("terminal"))
        packs = os.path.join(data, "packs")
        whole = sum(size for size, in place.look("SELECT length(content) FROM pack"))
        had, asked = 0, []
        for _ in range(200):
            at = 500 + int(dice.uniform(0, whole / 8))
            done = place.over(lambda: CutAnswer(b"/sync/v1/blobs/", at), "sync", "--data", data)
            asked += [int(n) for n in re.findall(rb"Range: bytes=(\d+)-", place.road.heard)]
            has = sum(os.path.getsize(os.path.join(packs, name)) for name in os.listdir(packs))
            expect(has >= had, f"what came stays: {has} after {had}")
            had = has
            if done.returncode == 0:
                break
        print(f"  {whole} bytes of packs; asked on from {asked}", flush=True)
        expect(done.returncode == 0 and len(asked) >= 3 and all(n > 0 for n in asked), f"it goes on: asked for {asked}")
        expect(had == whole and all(name.startswith(hash_of(os.path.join(packs, name))) for name in os.listdir(packs)), "the packs are whole, no pieces are left")
        expect(place.status(data)["release"] == 1, "and installed")

        place.read(data, place.hq.one_time_code("204117"), sections=2)
        newest = place.new_edition()
        for at in (20, 300, 400):
            expect(place.over(lambda: CutAnswer(b"/sync/v1/blobs/", at), "sync", "--data", data).returncode == 1, f"cut after {at} bytes")
            expect(b"?base=" in place.road.heard, "only the difference is asked for")
            expect(place.status(data)["release"] == 1, "the edition at hand stays")
        spoilt = place.over(lambda: Bent("repeat", DOWN, 1500, 40), "sync", "--data", data)
        expect(spoilt.returncode in (0, 1) and place.status(data)["release"] in (1, newest), "bytes that come twice spoil nothing")
        place.sync(data)
        expect(place.status(data)["release"] == newest, "the new edition is there")
        place.read(data, sections=2)
        place.sync(data)
        place.expect_record(data)


if __name__ == "__main__":
    tell([enrolled_over_it, many_exchanges, packs_go_on])
