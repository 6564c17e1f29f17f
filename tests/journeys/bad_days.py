#!/usr/bin/env python3
"""Bad days, with real processes: kills, an HQ that is gone or talks nonsense, a second program, a journal edited by hand.

Each story makes its own HQ and terminal in a temporary folder. `bad_days.py PROGRAMS [STORY ...]`.
"""
import http.server
import json
import os
import random
import re
import sqlite3
import sys
import tempfile
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hq import Hq, run  # noqa: E402
from new_hire import right_answers  # noqa: E402
from stories import expect, tell  # noqa: E402
from walk import Terminal  # noqa: E402

NUMBER, PIN = "204117", "284617"


class Place:
    """One HQ, one enrolled terminal with people and content, HQ stopped again."""

    def __init__(self, programs):
        self.folder = tempfile.TemporaryDirectory(prefix="adal-bad-days-")
        self.hq = Hq(programs, self.folder.name)
        self.program = self.hq.terminal_program
        self.hq.start()
        self.data = self.hq.terminal(os.path.join(self.folder.name, "terminal"))
        self.code = self.hq.one_time_code(NUMBER)
        expect(self.hq.sync(self.data).returncode == 0, "the first exchange works")
        self.hq.stop()
        self.answers = right_answers("quizzes/bank", "ru")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.hq.stop()
        self.folder.cleanup()

    def terminal(self):
        terminal = Terminal(self.program, self.data)
        terminal.start()
        terminal.want("choose language", language="ru")
        return terminal

    def command(self, *words, check=False):
        return run(self.program, *words, "--data", self.data, check=check)

    def facts(self):
        return [json.loads(line) for line in self.command("journal", check=True).stdout.splitlines()]


def seconds(text):
    minutes, rest = text.split(":")
    return int(minutes) * 60 + int(rest)


def killed_in_mid_test(programs):
    """SIGKILL at random moments of a test: the same item, the same answers, the time goes on; HQ has everything once."""
    with Place(programs) as place:
        dice = random.Random(20261122)
        terminal = place.terminal()
        terminal.sign_in(NUMBER, PIN, place.code)
        terminal.read_and_acknowledge(PIN)
        terminal.take_module()
        terminal.want("open duty", duty="probation-test")
        state = terminal.want("start test", duty="probation-test")
        left = seconds(state["time_left"])
        for number in range(1, state["total"] + 1):
            state = terminal.want("go to item", number=number)
            state = terminal.answer(place.answers)
            if dice.random() < 0.3:
                terminal.kill()
                terminal = place.terminal()
                expect(terminal.state["screen"] == "start", "nobody is signed in after a restart")
                after = terminal.sign_in(NUMBER, PIN)
                expect(after["screen"] == "item" and after["item"] == state["item"], "she is at the same item")
                expect(after["options"] == state["options"] and after["cells"] == state["cells"], "her answers are there")
                expect(0 < seconds(after["time_left"]) <= left, "the time goes on")
        terminal.want("ask to submit")
        result = terminal.want("submit test")
        expect(result["screen"] == "result" and result["points"] == result["maximum"] == 20, "20 of 20")
        terminal.want("show duties")
        terminal.kill()
        place.command("verify", check=True)
        place.hq.start()
        for _ in range(3):
            expect(place.hq.sync(place.data).returncode == 0, "sync")
        duties = {duty["duty"]: duty["state"] for duty in place.hq.duties(NUMBER)}
        expect(set(duties.values()) == {"done"}, f"HQ has all of it: {duties}")
        run(place.hq.hq, "verify", "--data", place.hq.data)


def hq_killed_while_receiving(programs):
    """HQ is killed at random moments while a terminal sends: whatever happened, each fact is at HQ exactly once."""
    with Place(programs) as place:
        dice = random.Random(7)
        terminal = place.terminal()
        terminal.sign_in(NUMBER, PIN, place.code)
        for _ in range(6):
            terminal.want("open duty", duty="code")
            for section in range(1, 13):
                terminal.want("go to section", section=section)
            terminal.want("show duties")
            terminal.end()
            place.hq.start()
            threading.Timer(dice.uniform(0, 0.15), lambda: place.hq.process.kill()).start()
            place.hq.sync(place.data)
            place.hq.process.wait(20)
            place.hq.process = None
            terminal = place.terminal()
            terminal.sign_in(NUMBER, PIN)
        terminal.end()
        place.hq.start()
        expect(place.hq.sync(place.data).returncode == 0, "the last exchange works")
        status = json.loads(place.command("status", "--json", check=True).stdout)
        expect(status["unsent"] == 0, "nothing is left to send")
        rows = sqlite3.connect(os.path.join(place.hq.data, "hq.db")).execute(
            "SELECT COUNT(*), COUNT(DISTINCT hash) FROM fact WHERE journal IN (SELECT id FROM journal WHERE terminal = ?)",
            (status["terminal"],)).fetchone()
        expect(rows == (status["head"], status["head"]), f"HQ has {rows}, the terminal {status['head']}")
        run(place.hq.hq, "verify", "--data", place.hq.data)


class Nonsense(http.server.BaseHTTPRequestHandler):
    replies = [(500, b"oops"), (200, b"<html>Please log in to the wireless network</html>"), (200, b""), (200, b"adalenv1" + b"\xff" * 400), (404, b"")]
    turn = 0

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, body = Nonsense.replies[Nonsense.turn % len(Nonsense.replies)]
        Nonsense.turn += 1
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, *_):
        pass


def hq_talks_nonsense(programs):
    """HQ answers 500, a login page, nothing, garbage: a clear error each time, nothing lost; and then the real one gets it all."""
    with Place(programs) as place:
        terminal = place.terminal()
        terminal.sign_in(NUMBER, PIN, place.code)
        terminal.end()
        before = place.facts()
        liar = http.server.ThreadingHTTPServer(("127.0.0.1", place.hq.port), Nonsense)
        threading.Thread(target=liar.serve_forever, daemon=True).start()
        for _ in Nonsense.replies:
            done = place.hq.sync(place.data)
            expect(done.returncode == 1 and done.stderr.strip(), "exit 1 and a sentence")
            expect("  " not in done.stderr and "exception" not in done.stderr.lower(), done.stderr)
        liar.shutdown()
        liar.server_close()
        expect(place.facts() == before, "the journal is untouched")
        place.hq.start()
        expect(place.hq.sync(place.data).returncode == 0, "the real HQ gets it")


def a_second_program(programs):
    """A second terminal process on the same folder is told so, and the first goes on."""
    with Place(programs) as place:
        first = place.terminal()
        second = run(place.program, "drive", "--data", place.data, check=False, stdin="")
        expect(second.returncode == 1 and second.stderr.strip(), "the second one says why and ends with 1")
        sync = place.hq.sync(place.data)
        expect(sync.returncode == 1, "sync leaves the folder to the window that holds it")
        expect(first.want("begin sign in")["screen"] == "number", "the first goes on")
        first.end()


def a_journal_edited_by_hand(programs):
    """One changed byte: verify and the terminal name the fact, and HQ is never asked to believe it."""
    with Place(programs) as place:
        terminal = place.terminal()
        terminal.sign_in(NUMBER, PIN, place.code)
        terminal.end()
        path = os.path.join(place.data, "journal.db")
        last = place.facts()[-1]["seq"]
        journal = sqlite3.connect(path)
        refused = False
        try:
            journal.execute("UPDATE event SET at = at + 1 WHERE seq = ?", (last,))
        except sqlite3.DatabaseError:
            refused = True
        expect(refused, "the database itself refuses to change a fact")
        journal.rollback()
        journal.execute("DROP TRIGGER event_is_final")
        for seq in (last, 3):  # the newest, and one that every start before has found in order
            journal.execute("UPDATE event SET at = at + 1 WHERE seq = ?", (seq,))
            journal.commit()
            done = place.command("verify")
            expect(done.returncode == 1 and re.search(rf"\b{seq}\b", done.stderr), f"verify names fact {seq}: {done.stderr}")
            opened = run(place.program, "drive", "--data", place.data, check=False, stdin="")
            expect(opened.returncode == 1 and re.search(rf"\b{seq}\b", opened.stderr), f"the terminal does not go on: {opened.stderr}")
            journal.execute("UPDATE event SET at = at - 1 WHERE seq = ?", (seq,))
            journal.commit()
        journal.close()
        place.command("verify", check=True)


def a_broken_pack(programs):
    """A pack with one changed byte is refused with its name; the journal stays as it is."""
    with Place(programs) as place:
        packs = os.path.join(place.data, "packs")
        name = sorted(os.listdir(packs))[0]
        path = os.path.join(packs, name)
        with open(path, "r+b") as pack:
            pack.seek(5000)
            byte = pack.read(1)
            pack.seek(5000)
            pack.write(bytes([byte[0] ^ 1]))
        before = place.facts()
        opened = run(place.program, "drive", "--data", place.data, check=False, stdin='{"intent":"wait"}\n')
        said = opened.stdout + opened.stderr
        expect(opened.returncode in (0, 1) and name[:8] in said, f"the pack is named: {said}")
        expect([f for f in place.facts() if f["seq"] <= len(before)] == before, "the facts stay")


def wrong_numbers_and_pins(programs):
    """Unknown number, wrong code, wrong PIN: calm sentences, delays, nobody gets in, and she does in the end."""
    with Place(programs) as place:
        terminal = place.terminal()
        terminal.want("begin sign in")
        state = terminal.digits("999999")
        expect(state["screen"] == "number" and state["notice"], "an unknown number is told")
        terminal.want("show start")
        terminal.want("begin sign in")
        terminal.digits(NUMBER)
        state = terminal.digits("00000000")
        expect(state["notice"] and state["screen"] != "duties", "a wrong code is told")
        state = terminal.digits(place.code)
        expect(state["screen"] == "new pin", f"the right code is taken: {state['screen']}")
        state = terminal.digits("123456")
        expect(state["notice"] and state["screen"] == "new pin", "a weak PIN is refused with a reason")
        terminal.digits(PIN)
        state = terminal.digits(PIN)
        expect(state["screen"] == "duties", "she is in")
        terminal.end()


if __name__ == "__main__":
    tell([killed_in_mid_test, hq_killed_while_receiving, hq_talks_nonsense, a_second_program, a_journal_edited_by_hand, a_broken_pack,
          wrong_numbers_and_pins])
