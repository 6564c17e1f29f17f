#!/usr/bin/env python3
"""One new hire, from sign-in to the result of her knowledge test, with real mouse and keyboard events; a picture of each screen.

She is well prepared: she knows the bank (quizzes/bank) and finds the right answers by their words.
"""
import argparse
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desk import Desk  # noqa: E402


def right_answers(folder, language):
    """Words of the stem -> words of the right choices, read from the authors' file."""
    with open(os.path.join(folder, language + ".gift"), encoding="utf-8") as file:
        text = "\n".join(line for line in file.read().splitlines() if not line.startswith(("//", "$CATEGORY")))

    def plain(words):
        return " ".join(re.sub(r"\\([~=#{}:])", r"\1", words).split())

    answers = {}
    for match in re.finditer(r"::(?P<name>[^:]+)::(?P<stem>.*?)(?<!\\)\{(?P<choices>.*?)(?<!\\)\}", text, re.S):
        right = []
        for mark, choice in re.findall(r"^\s*([=~])(.*?)\s*(?=^\s*[=~]|\Z)", match["choices"], re.S | re.M):
            weight = re.match(r"%(-?[\d.]+)%", choice)
            choice = re.sub(r"^%-?[\d.]+%", "", choice)
            if mark == "=" or (weight and float(weight[1]) > 0):
                right.append(plain(choice.split("#")[0]))
        answers[plain(match["stem"])] = right
    return answers


def sign_in(desk, number, code, pin, language, picture):
    desk.wait("start.sign_in")
    picture("start")
    desk.click(f"start.language.{language}")
    desk.click("start.sign_in")
    desk.wait("number.confirm")
    desk.keys(*number)  # the keyboard's digits
    picture("number")
    desk.click("number.confirm")
    desk.wait("secret.confirm")
    if code:
        for digit in code:  # the screen's digits
            desk.click(f"keypad.{digit}")
        picture("one-time-code")
        desk.click("secret.confirm")
        desk.until(lambda: not desk.find("secret.confirm")["enabled"], "an empty field for the new PIN")
        desk.keys(*pin)
        picture("new-pin")
        desk.click("secret.confirm")
        desk.until(lambda: not desk.find("secret.confirm")["enabled"], "an empty field to repeat the PIN")
    desk.keys(*pin)
    picture("pin")
    desk.click("secret.confirm")


def turn(desk, button, what):
    """Clicks and waits for other words: a button that only looks pressed is not the next page yet."""
    def words():
        return [p["label"] for p in desk.parts()]
    before = words()
    desk.click(button)
    desk.until(lambda: words() not in ([], before), what)


def read_the_code(desk, pin, picture):
    desk.click("duties.open.code")
    desk.wait("reader.next")
    picture("reader")
    while not desk.find("reader.acknowledge"):
        turn(desk, "reader.next", "the next section")
    picture("reader-last-section")
    desk.click("reader.acknowledge")
    desk.wait("acknowledgement.confirm")
    desk.keys(*pin)
    picture("acknowledgement")
    desk.click("acknowledgement.confirm")
    desk.wait("duties.sign_out")


def take_the_module(desk, picture):
    desk.click("duties.open.speak-up")
    page = 0
    while True:
        desk.wait("module.next")
        page += 1
        options = desk.shows("module.option.")
        if options and not desk.find("module.next").get("enabled", True):
            desk.click(options[min(1, len(options) - 1)]["id"])
            desk.wait_enabled("module.next")
        picture(f"module-{page}")
        turn(desk, "module.next", "the next page")
        if desk.find("duties.sign_out"):
            return


def label_of(desk, identifier):
    return " ".join(desk.find(identifier)["label"].split())


def answer(desk, answers):
    stem = desk.until(lambda: next((" ".join(p["label"].split()) for p in desk.parts() if " ".join(p["label"].split()) in answers), None),
                      "a question of the bank")
    for right in answers[stem]:
        option = desk.until(lambda: next((p for p in desk.shows("item.option.") if right in " ".join(p["label"].split())), None), right)
        if not option.get("selected"):
            desk.click(option["id"])
            desk.until(lambda: desk.find(option["id"]).get("selected"), "the choice to be saved")
    return stem


def take_the_test(desk, answers, picture):
    desk.click("duties.open.probation-test")
    desk.wait("test_intro.start")
    picture("test-intro")
    desk.click("test_intro.start")
    desk.wait("item.option.A")
    for number in range(1, 21):
        stem = answer(desk, answers)
        if number == 3:
            desk.click("item.flag")
            picture("test-flagged")
        if number in (1, 7):
            picture(f"test-{number}")
        if number == 5:  # back, change, change again
            desk.click("item.back")
            desk.until(lambda: not any(" ".join(p["label"].split()) == stem for p in desk.parts()), "the question before")
            picture("test-went-back")
            desk.click("palette.5")
            desk.until(lambda: any(" ".join(p["label"].split()) == stem for p in desk.parts()), "the same question again")
        if number < 20:
            desk.click("item.next")
            desk.until(lambda: not any(" ".join(p["label"].split()) == stem for p in desk.parts()), "the next question")
    desk.click("item.submit")
    desk.wait("dialog.submit")
    picture("test-submit")
    desk.click("dialog.submit")
    desk.wait("result.duties")
    picture("result")
    desk.click("result.duties")
    desk.wait("duties.sign_out")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("terminal", "data", "number", "code", "bank", "screenshots"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--language", default="kk")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--pin", default="284617")
    given = parser.parse_args()
    desk = Desk(given.screenshots, tuple(map(int, given.size.split("x"))))
    count = [0]

    def picture(name):
        count[0] += 1
        desk.picture(f"{count[0]:02d}-{name}")
        print(f"  {count[0]:02d} {name}", flush=True)

    try:
        desk.start(given.terminal, "--data", given.data, "--window", given.size, "--language", given.language)
        sign_in(desk, given.number, given.code, given.pin, given.language, picture)
        desk.wait("duties.sign_out")
        picture("duties")
        read_the_code(desk, given.pin, picture)
        picture("duties-code-done")
        take_the_module(desk, picture)
        take_the_test(desk, right_answers(given.bank, given.language), picture)
        picture("duties-all-done")
        desk.click("duties.sign_out")
        desk.wait("start.sign_in")
        picture("signed-out")
    finally:
        desk.close()
    print(f"{count[0]} pictures in {given.screenshots}")


if __name__ == "__main__":
    main()
