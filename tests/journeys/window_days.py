#!/usr/bin/env python3
"""Bad days at the real window, under Xvfb with a real mouse and keyboard. `window_days.py PROGRAMS [STORY ...]`."""
import os
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bad_days import NUMBER, PIN, Place  # noqa: E402
from desk import Desk  # noqa: E402
from new_hire import sign_in  # noqa: E402
from stories import expect, tell  # noqa: E402


def nothing(_):
    pass


class Window:
    def __init__(self, place, name):
        self.place = place
        self.desk = Desk(os.path.join(place.folder.name, name))

    def __enter__(self):
        self.start()
        return self.desk

    def __exit__(self, *_):
        self.desk.close()

    def start(self):
        self.desk.start(self.place.program, "--data", self.place.data, "--window", "1280x800", "--language", "ru")



def hq_comes_back(programs):
    """HQ is down: she works, the header says "saved here"; HQ comes up: the terminal sends by itself and says so."""
    with Place(programs) as place, Window(place, "window") as desk:
        sign_in(desk, NUMBER, place.code, PIN, "ru", nothing)
        desk.wait("duties.sign_out")
        waiting = desk.find("header.sync")["label"]
        place.hq.start()
        desk.until(lambda: desk.find("header.sync")["label"] != waiting, "another word in the header", 60)
        told = desk.find("header.sync")["label"]
        expect(":" in told or any(c.isdigit() for c in told), f"the header says since when HQ has it: {told}")
        status = place.command("status", "--json", check=True).stdout
        expect('"unsent":0' in status.replace(" ", ""), f"nothing is left to send: {status}")


def killed_at_a_question(programs):
    """The program is killed at a question; started again, she signs in and sees the same question and the same answer."""
    with Place(programs) as place:
        window = Window(place, "window")
        with window as desk:
            sign_in(desk, NUMBER, place.code, PIN, "ru", nothing)
            desk.click("duties.open.probation-test")
            desk.click("test_intro.start")
            desk.wait("item.next")
            desk.click("item.next")
            desk.click("item.option.B")
            desk.until(lambda: desk.find("item.option.B").get("selected"), "the answer to be kept")
            before = {p["id"]: (p["label"], p["selected"]) for p in desk.shows("item.option.")}
            desk.kill()
            window.start()
            sign_in(desk, NUMBER, None, PIN, "ru", nothing)
            desk.wait("item.option.B")
            after = {p["id"]: (p["label"], p["selected"]) for p in desk.shows("item.option.")}
            expect(after == before, f"{after} is not {before}")


def an_old_fact_was_edited(programs):
    """A fact that every start before found in order was edited: the window opens, checks, and says that it cannot go on."""
    with Place(programs) as place:
        with Window(place, "first") as desk:
            desk.wait("start.sign_in")
        journal = sqlite3.connect(os.path.join(place.data, "journal.db"))
        journal.execute("DROP TRIGGER event_is_final")
        journal.execute("UPDATE event SET at = at + 1 WHERE seq = 3")
        journal.commit()
        journal.close()
        with Window(place, "second") as desk:
            desk.until(lambda: not desk.find("start.sign_in") and any(" 3" in p["label"] for p in desk.parts()), "the sentence that names fact 3")


if __name__ == "__main__":
    tell([hq_comes_back, killed_at_a_question, an_old_fact_was_edited])
