"""An HQ and its terminals in a temporary folder, people who work there, and what must be true of the record in the end."""
import json
import os
import shutil
import sqlite3
import tempfile

from hq import Hq, run
from stories import expect
from walk import Terminal

NUMBER, PIN = "204117", "284617"


class Place:
    """One HQ that serves, with people and content."""

    def __init__(self, programs):
        self.folder = tempfile.TemporaryDirectory(prefix="adal-place-")
        self.hq = Hq(programs, self.folder.name)
        self.hq.start()
        self.editions = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.hq.stop()
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    # --- commands

    def command(self, *words, check=True):
        return run(self.hq.terminal_program, *words, check=check)

    def at_hq(self, *words):
        return json.loads(run(self.hq.hq, *words, "--data", self.hq.data, "--json").stdout)

    def sync(self, data):
        done = self.hq.sync(data)
        expect(done.returncode == 0, f"the exchange of {data} works: {done.stderr}")
        return json.loads(done.stdout)

    def status(self, data):
        return json.loads(self.command("status", "--data", data, "--json").stdout)

    def new_edition(self):
        """HQ publishes the bank with a word more in one item; the number of the release."""
        self.editions += 1
        bank = self.path(f"bank-{self.editions}")
        shutil.copytree("quizzes/bank", bank)
        with open(os.path.join(bank, "en.gift"), "r+", encoding="utf-8") as file:
            text = file.read()
            changed = text.replace("{\n", f" ({self.editions}){{\n", 1)
            expect(changed != text, "an item is changed")
            file.seek(0)
            file.write(changed)
        return self.at_hq("publish", "--library", "content/library", "--bank", bank)["release"]

    # --- people

    def terminal(self, name):
        data = self.hq.terminal(self.path(name))
        self.sync(data)
        return data

    def sit_down(self, data, code=None, number=NUMBER):
        if code:
            self.sync(data)  # a code reaches the terminal with the roster
        terminal = Terminal(self.hq.terminal_program, data)
        terminal.start()
        terminal.want("choose language", language="en")
        terminal.sign_in(number, PIN, code)
        expect(terminal.state["screen"] == "duties", f"she is in: {terminal.state}")
        return terminal

    def read(self, data, code=None, number=NUMBER, sections=12):
        """Somebody signs in and reads some sections, a fact for each."""
        terminal = self.sit_down(data, code, number)
        terminal.want("open duty", duty="code")
        for section in range(1, sections + 1):
            terminal.want("go to section", section=section)
        terminal.want("show duties")
        terminal.end()

    # --- the record

    def facts(self, data):
        """Of all its journals, from the oldest: (journal, seq, hash)."""
        lines = self.command("journal", "--data", data).stdout.splitlines()
        return [(row["journal"], row["seq"], row["hash"]) for row in map(json.loads, lines)]

    def look(self, question, *values):
        """At HQ's store, whether HQ serves or not."""
        store = sqlite3.connect(f"file:{os.path.join(self.hq.data, 'hq.db')}?mode=ro", uri=True, timeout=30)
        try:
            return store.execute(question, values).fetchall()
        finally:
            store.close()

    def facts_at_hq(self, terminal):
        """What HQ holds under this terminal's name, in the order in which it was stored: (journal, seq, hash)."""
        rows = self.look("SELECT f.journal, f.seq, f.hash FROM fact f JOIN journal j ON j.id = f.journal WHERE j.terminal = ? ORDER BY f.position, f.seq", terminal)
        return [(journal[:16], seq, hash.hex()) for journal, seq, hash in rows]

    def expect_record(self, data):
        """Every fact of this terminal is at HQ exactly once and in order, the terminal knows it, and both are whole."""
        status = self.status(data)
        expect(status["unsent"] == 0, f"nothing is left to send: {status}")
        here, there = self.facts(data), self.facts_at_hq(status["terminal"])
        expect(here == there, f"HQ holds what the terminal wrote, each fact once and in order: {len(there)} of {len(here)}")
        self.command("verify", "--data", data)
        self.verified()

    def verified(self):
        done = run(self.hq.hq, "verify", "--data", self.hq.data, check=False)
        expect(done.returncode == 0, f"HQ's record is whole: {done.stdout}{done.stderr}")
