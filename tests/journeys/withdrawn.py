#!/usr/bin/env python3
"""Terminals that HQ withdraws, with real processes: what they forget, what waits for a person's judgement, new codes after a theft.

Each story makes its own HQ in a temporary folder. `withdrawn.py PROGRAMS [STORY ...]`.
"""
import json
import os
import shutil
import stat
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hq import run  # noqa: E402
from place import NUMBER, PIN, Place  # noqa: E402
from stories import expect, tell  # noqa: E402
from walk import Terminal  # noqa: E402

VERIFIER = b"$argon2id$"  # how every PIN and code is kept


def verifiers_in(data):
    """Whether any file beside the journal holds what a PIN could be guessed from."""
    found = []
    for name in os.listdir(data):
        if name.startswith("beside.db"):
            with open(os.path.join(data, name), "rb") as file:
                found += [name] if VERIFIER in file.read() else []
    return found


def states(place):
    return {row["duty"]: row["state"] for row in place.hq.duties(NUMBER)}


def expect_withdrawn(place, data, rows):
    """It says so, has forgotten people and materials, keeps its journal, and lets nobody in."""
    status = place.status(data)
    expect(status["withdrawn"] and status["people"] == 0 and status["head"] == rows, f"status says so: {status}")
    expect(not verifiers_in(data), f"nobody's PIN is left: {verifiers_in(data)}")
    expect(not os.path.exists(os.path.join(data, "packs")), "its materials are gone")
    seated = Terminal(place.hq.terminal_program, data)
    expect(seated.start()["screen"] == "trouble", "the kiosk says so")
    expect(seated.want("begin sign in")["screen"] == "trouble", "and lets nobody in")
    seated.end()
    more = [json.loads(line)["kind"] for line in place.command("journal", "--data", data, "--after", str(rows)).stdout.splitlines()]
    expect(set(more) <= {"terminal started", "signed out"}, f"and records no work any more: {more}")
    place.command("verify", "--data", data)


def waiting(place, terminal):
    return place.look("SELECT COUNT(*) FROM fact f JOIN journal j ON j.id = f.journal WHERE j.terminal = ? AND f.quarantined = 1", terminal)[0][0]


def work_waits(programs):
    """What a withdrawn terminal and a copy of it bring afterwards waits, in no page, until somebody accepts it; its neighbour goes on."""
    with Place(programs) as place:
        data, copy, neighbour = place.terminal("terminal"), place.path("copy"), place.terminal("neighbour")
        place.read(data, place.hq.one_time_code(NUMBER), sections=2)
        place.sync(data)
        expect(verifiers_in(data), "her PIN can be checked at this terminal")
        shutil.copytree(data, copy)
        here = place.sit_down(data)
        here.read_and_acknowledge(PIN)
        here.end()
        there = place.sit_down(copy)
        there.take_module()
        there.end()
        wrote = set(place.facts(data) + place.facts(copy))
        late = {each: place.status(each) for each in (data, copy)}
        believed, name = len(place.facts_at_hq("t-01")), late[data]["terminal"]

        said = run(place.hq.hq, "terminal", "revoke", "--data", place.hq.data, name).stdout
        expect(name in said, f"HQ says so: {said}")
        for each in (data, copy):
            done = place.hq.sync(each)
            expect(done.returncode == 1 and done.stderr.strip(), "the exchange says why")
            expect_withdrawn(place, each, late[each]["head"])
            expect(place.hq.sync(each).returncode == 1, "and so it stays")
        expect(len(place.facts_at_hq(name)) == believed + sum(late[each]["unsent"] for each in late), "HQ has what both wrote")
        expect(waiting(place, name) == sum(late[each]["unsent"] for each in late), f"it waits: {waiting(place, name)}")
        expect("done" not in states(place).values(), f"and counts nowhere: {states(place)}")
        place.verified()

        elsewhere = place.sync(neighbour)
        expect(elsewhere["roster"], "the neighbour gets people under the site's new key")
        place.read(neighbour, sections=1)
        place.sync(neighbour)

        accepted = place.at_hq("terminal", "accept", name)
        expect(accepted["facts"] == sum(late[each]["unsent"] for each in late) and accepted["people"] == 1, f"accepted: {accepted}")
        expect(waiting(place, name) == 0 and place.at_hq("terminal", "accept", name)["facts"] == 0, "nothing waits any more")
        expect(states(place)["code"] == states(place)["speak-up"] == "done", f"it counts: {states(place)}")
        expect(wrote == set(place.facts_at_hq(name)), "every fact of both is at HQ")
        expect(len(wrote) == len(place.facts_at_hq(name)), "once")
        place.verified()
        expect(place.sync(neighbour)["people"] == 1, "and the neighbour hears of it")
        expect(run(place.hq.hq, "terminal", "revoke", "--data", place.hq.data, "t-99", check=False).returncode == 1, "a terminal that is none is told")


def stolen(programs):
    """A stolen terminal's people need new codes everywhere: HQ writes them once, in a file of its own, and the old PINs are over."""
    with Place(programs) as place:
        data, neighbour, codes = place.terminal("terminal"), place.terminal("neighbour"), place.path("codes.csv")
        place.read(data, place.hq.one_time_code(NUMBER), sections=1)
        place.sync(data)
        place.sync(neighbour)
        place.read(neighbour, sections=1)  # with the PIN that she chose there
        people = place.status(data)["people"]

        def revoke():
            return run(place.hq.hq, "terminal", "revoke", "--data", place.hq.data, "t-01", "--stolen", "--codes-out", codes, check=False)

        with open(codes, "w", encoding="utf-8"):
            pass
        expect(revoke().returncode == 1 and not place.look("SELECT * FROM revocation"), "a file that is there is not written over, and nothing happens")
        os.remove(codes)
        expect(revoke().returncode == 0, "HQ withdraws it")
        expect(stat.S_IMODE(os.stat(codes).st_mode) == 0o600, "the codes are for one reader")
        with open(codes, encoding="utf-8-sig") as file:
            lines = [line.split(";") for line in file.read().splitlines()]
        expect(len(lines) == people and all(len(line) == 3 for line in lines), f"a code for each of {people}: {len(lines)}")
        code = next(code for number, _, code in lines if number == NUMBER)
        expect(len({line[2] for line in lines}) > people // 2 and len(code) == 8 and code.isdigit(), f"codes: {code}")

        rows = place.status(data)["head"]
        expect(place.hq.sync(data).returncode == 1, "whoever has it gets nothing more")
        expect_withdrawn(place, data, rows)
        place.sync(neighbour)
        terminal = Terminal(place.hq.terminal_program, neighbour)
        terminal.start()
        terminal.want("begin sign in")
        state = terminal.digits(NUMBER)
        expect(state["screen"] == "one-time code", f"her old PIN is over: {state['screen']}")
        terminal.digits(code)
        terminal.digits("735194")
        expect(terminal.digits("735194")["screen"] == "duties", "with the new code she is in")
        terminal.end()
        place.sync(neighbour)
        place.expect_record(neighbour)


if __name__ == "__main__":
    tell([work_waits, stolen])
