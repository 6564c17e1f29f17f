#!/usr/bin/env python3
"""All of HQ's keys are exchanged while a terminal hears nothing, with real processes. `exchanged_keys.py PROGRAMS [STORY ...]`."""
import json
import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hq import run  # noqa: E402
from place import NUMBER, Place  # noqa: E402
from stories import expect, tell  # noqa: E402

ROLES = ("receipt", "release", "identity", "sealing")


class Ceremony:
    """HQ's request goes to where the root key lives, and a signed list comes back."""

    def __init__(self, place):
        self.place, self.hq, self.count = place, place.hq, 0
        self.root = place.path("root.key")
        shutil.move(os.path.join(place.hq.data, "keys", "root.key"), self.root)  # off line, as it should be

    def signed(self, *wishes, root=None, next_root=None):
        self.count += 1
        request, signed = (self.place.path(f"keys-{self.count}.{ending}") for ending in ("request", "signed"))
        run(self.hq.hq, "keys", "request", "--data", self.hq.data, *wishes, "-o", request)
        more = ["--next-root", next_root] if next_root else []
        return run(self.hq.hq, "keys", "sign", "--root", root or self.root, *more, request, "-o", signed, check=False), signed

    def install(self, signed):
        return run(self.hq.hq, "keys", "install", "--data", self.hq.data, signed, "--json", check=False)

    def exchange(self, *wishes, **more):
        done, signed = self.signed(*wishes, **more)
        expect(done.returncode == 0, f"signed: {done.stderr}")
        done = self.install(signed)
        expect(done.returncode == 0, f"installed: {done.stderr}")
        return json.loads(done.stdout)

    def keys(self):
        return self.place.at_hq("keys", "list")


def every_key(programs):
    """Every key is replaced, the root hands over, every key is dropped as stolen; then the terminal asks, and goes on as if nothing had been."""
    with Place(programs) as place:
        data, stick = place.terminal("terminal"), place.path("stick")
        place.read(data, place.hq.one_time_code(NUMBER), sections=3)
        os.makedirs(stick)
        place.command("courier", "out", "--data", data, stick)  # sealed to a key that will be retired
        place.read(data, sections=2)
        ceremony = Ceremony(place)
        expect(ceremony.signed("--rotate", "receipt")[0].returncode == 0, "a request may be made while HQ serves")
        refused = ceremony.install(ceremony.signed("--rotate", "receipt")[1])
        expect(refused.returncode == 1 and refused.stderr.strip(), "but no list is installed then")
        place.hq.stop()

        first = ceremony.keys()
        for role in ROLES:
            ceremony.exchange("--rotate", role)
        rotated = ceremony.keys()
        expect(all(rotated[role][0] not in first[role] and first[role][0] in rotated[role] for role in ROLES), "each has a new key and a retired one")
        next_root = place.path("next-root.key")
        made = json.loads(run(place.hq.hq, "keys", "root", "-o", next_root, "--json").stdout)
        ceremony.exchange("--rotate", "receipt", next_root=next_root)
        other = ceremony.signed("--rotate", "receipt")[0]
        expect(other.returncode == 1 and other.stderr.strip(), "the old root has handed over")
        dropped = ceremony.exchange(*(word for role in ROLES for word in ("--drop", role)), root=next_root)
        last = ceremony.keys()
        expect(last["root"] == made["root"] and last["number"] == first["number"] + 6, f"six lists: {last['number']}")
        expect(not any(set(last[role]) & {rotated[role][0]} for role in ("release", "identity", "sealing")), "what was dropped is in no list")

        place.hq.start()
        told = place.sync(data)
        status = place.status(data)
        expect(told["keys"] == status["keys"] == last["number"], f"it follows six lists at once: {told}")
        expect(status["release"] == dropped["release"], f"the release counts under the new key: {status}")
        place.read(data, sections=2)
        place.sync(data)
        place.expect_record(data)
        taken = place.at_hq("courier", "in", stick)
        expect(not taken["refused"] and taken["terminals"], f"the late stick opens: {taken}")
        newcomer = place.terminal("newcomer")
        expect(place.status(newcomer)["keys"] == last["number"], "a terminal that enrols now begins with them")
        place.read(newcomer, sections=1)
        place.sync(newcomer)
        place.expect_record(newcomer)
        place.expect_record(data)


if __name__ == "__main__":
    tell([every_key])
