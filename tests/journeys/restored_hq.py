#!/usr/bin/env python3
"""HQ's bad days, with real processes: its machine is lost and comes back from a backup, or is rolled back without notice.

Each story makes its own HQ and terminal in a temporary folder. `restored_hq.py PROGRAMS [STORY ...]`.
"""
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hq import Hq, run  # noqa: E402
from new_hire import right_answers  # noqa: E402
from stories import expect, tell  # noqa: E402
from walk import Terminal  # noqa: E402

NUMBER, PIN, PASSPHRASE = "204117", "284617", "a mountain keeps quiet\n"


class Place:
    """One HQ that serves, one enrolled terminal with people and content."""

    def __init__(self, programs):
        self.folder = tempfile.TemporaryDirectory(prefix="adal-restored-hq-")
        self.hq = Hq(programs, self.folder.name)
        self.hq.start()
        self.data = self.hq.terminal(self.path("terminal"))
        self.code = self.hq.one_time_code(NUMBER)
        expect(self.sync(), "the first exchange works")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.hq.stop()
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def sync(self):
        return self.hq.sync(self.data).returncode == 0

    def terminal(self, code=None):
        terminal = Terminal(self.hq.terminal_program, self.data)
        terminal.start()
        terminal.want("choose language", language="ru")
        terminal.sign_in(NUMBER, PIN, code)
        return terminal

    def status(self):
        return json.loads(run(self.hq.terminal_program, "status", "--data", self.data, "--json").stdout)

    def at_hq(self):
        """How many of the terminal's facts HQ has, and how many different ones."""
        with sqlite3.connect(os.path.join(self.hq.data, "hq.db")) as database:
            return database.execute("SELECT COUNT(*), COUNT(DISTINCT hash) FROM fact WHERE journal IN (SELECT id FROM journal WHERE terminal = ?)",
                                    (self.status()["terminal"],)).fetchone()

    def alarm(self):
        with sqlite3.connect(os.path.join(self.hq.data, "hq.db")) as database:
            return database.execute("SELECT 1 FROM meta WHERE name = 'rolled back' AND value <> ''").fetchone()

    def expect_everything(self, hq):
        for _ in range(3):
            expect(self.sync(), "the terminal and HQ agree")
        status = self.status()
        expect(status["unsent"] == 0, "nothing is left to send")
        expect(self.at_hq() == (status["head"], status["head"]), f"HQ has {self.at_hq()}, the terminal {status['head']}")
        duties = {duty["duty"]: duty["state"] for duty in hq.duties(NUMBER)}
        expect(set(duties.values()) == {"done"}, f"HQ shows all of it: {duties}")
        expect(json.loads(run(hq.hq, "verify", "--data", hq.data, "--json").stdout)["ok"], "every chain and page is sound")


def read_and_learn(place):
    terminal = place.terminal(place.code)
    terminal.read_and_acknowledge(PIN)
    terminal.end()


def go_on_and_pass(place):
    terminal = place.terminal()
    terminal.take_module()
    result = terminal.take_test(right_answers("quizzes/bank", "ru"))
    expect(result["screen"] == "result" and result["points"] == result["maximum"], "she passed")
    terminal.end()


def lost_machine(programs):
    """A backup is made while terminals send; then the machine burns, and another one takes its place: nothing is lost."""
    with Place(programs) as place:
        read_and_learn(place)
        backup, over = place.path("hq.backup"), threading.Event()

        def send():
            while not over.is_set():
                place.sync()

        sender = threading.Thread(target=send)
        sender.start()
        made = json.loads(run(place.hq.hq, "backup", "--data", place.hq.data, "-o", backup, "--json", stdin=PASSPHRASE).stdout)
        over.set()
        sender.join()
        go_on_and_pass(place)
        expect(place.sync(), "the HQ that will be lost has receipted everything")
        place.hq.stop(kill=True)
        shutil.rmtree(place.hq.data)

        place.hq.data = place.path("another-machine")
        restored = json.loads(run(place.hq.hq, "restore", "--data", place.hq.data, backup, "--json", stdin=PASSPHRASE).stdout)
        expect(restored["from"] == made["incarnation"] and restored["from"] < restored["to"], f"a later life: {restored}")
        expect(place.at_hq()[0] < place.status()["head"], "the backup is older than what the terminal knows")
        place.hq.start()
        place.expect_everything(place.hq)


def rolled_back_machine(programs):
    """A snapshot of the machine is put back; a terminal shows HQ what it forgot, HQ is told so, and nothing is lost."""
    with Place(programs) as place:
        read_and_learn(place)
        expect(place.sync(), "what she read is at HQ")
        place.hq.stop()
        shutil.copytree(place.hq.data, place.path("snapshot"))
        place.hq.start()
        go_on_and_pass(place)
        expect(place.sync(), "and so is her test")
        expect(run(place.hq.hq, "restore", "--data", place.hq.data, "--in-place", check=False).returncode == 1, "not while HQ serves")
        place.hq.stop()
        shutil.rmtree(place.hq.data)
        shutil.copytree(place.path("snapshot"), place.hq.data)

        place.hq.start()
        place.sync()
        place.hq.stop()
        expect(place.alarm(), "the alarm is raised by what the terminal shows")
        restored = json.loads(run(place.hq.hq, "restore", "--data", place.hq.data, "--in-place", "--json").stdout)
        expect(not place.alarm(), "and cleared")
        expect(restored["in_place"] and restored["from"] < restored["to"], f"a later life: {restored}")
        place.hq.start()
        place.expect_everything(place.hq)


if __name__ == "__main__":
    tell([lost_machine, rolled_back_machine])
