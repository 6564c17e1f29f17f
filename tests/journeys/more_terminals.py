#!/usr/bin/env python3
"""More than one terminal, with real processes: enrolled by stick, over https, a copied disk, a disk put back, a person who goes on elsewhere.

Each story makes its own HQ in a temporary folder. `more_terminals.py PROGRAMS [STORY ...]`.
"""
import json
import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hq import run  # noqa: E402
from place import NUMBER, PIN, Place  # noqa: E402
from stories import expect, tell  # noqa: E402


def state_of(terminal, duty):
    shown = terminal.want("show all duties", all=True)
    return next(each for each in shown["duties"] if each["duty"] == duty)


def enrolled_by_stick(programs):
    """A terminal that no network reaches asks by a file and is answered by a file; what is lost or broken on the way burns nothing."""
    with Place(programs) as place:
        hq, data, request, reply = place.hq, place.path("remote"), place.path("request.adal"), place.path("reply.adal")
        code = json.loads(run(hq.hq, "terminal", "invite", "--data", hq.data, "--site", "balkhash", "--json").stdout)["code"]

        def enrol(*words):
            return place.command("enrol", "--data", data, *words, check=False)

        def answer():
            return run(hq.hq, "terminal", "enrol", "--data", hq.data, "--request", request, "-o", reply, "--json", check=False)

        expect(enrol().returncode == 2 and enrol("--code", code).returncode == 2, "nothing to do is wrong usage")
        expect(enrol("--reply", reply, "--code", code).returncode == 2, "a reply needs no code")
        expect(enrol("--code", "nonsense", "--request-out", request).returncode == 1, "a code that is none is told")
        expect(enrol("--code", code, "--request-out", request, "--hq", hq.url).returncode == 0, "the request is written")
        with open(request, "rb") as file:
            first = file.read()
        os.remove(request)  # the stick is lost
        expect(enrol("--code", code, "--request-out", request, "--hq", hq.url).returncode == 0, "and written again")
        with open(request, "rb") as file:
            expect(file.read() == first, "the same code makes the same request")

        with open(request, "wb") as file:
            file.write(first[:-1])
        refused = answer()
        expect(refused.returncode == 1 and refused.stderr and not os.path.exists(reply), "half a request is refused with a reason")
        with open(request, "wb") as file:
            file.write(first)
        terminal = json.loads(answer().stdout)["terminal"]
        with open(reply, "rb") as file:
            given = file.read()
        expect(answer().returncode == 0, "a second answer")
        with open(reply, "rb") as file:
            expect(file.read() == given, "is the same answer")

        with open(reply, "wb") as file:
            file.write(given[:-1])
        refused = enrol("--reply", reply)
        expect(refused.returncode == 1 and refused.stderr, "half a reply is refused with a reason")
        with open(reply, "wb") as file:
            file.write(given)
        done = enrol("--reply", reply, "--json")
        expect(done.returncode == 0 and json.loads(done.stdout)["terminal"] == terminal, f"the terminal begins: {done.stderr}")
        expect(enrol("--reply", reply).returncode == 1, "once")
        expect(place.sync(data)["sent"] >= 2, "and its facts go up when there is a network after all")
        place.verified()


class Company:
    """A certificate authority of the company's own, for machines that the world does not know."""

    def __init__(self, place, name):
        self.folder = place.path(name)
        os.makedirs(self.folder)
        self.certificate, self.key = self.path("ca.pem"), self.path("ca.key")
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.key, "-out", self.certificate,
                     "-days", "30", "-subj", f"/CN={name}")

    def path(self, name):
        return os.path.join(self.folder, name)

    def openssl(self, *words):
        return run("openssl", *words)

    def server(self, name, address):
        """A certificate for this address, and its key."""
        certificate, key, request, extensions = (self.path(f"{name}.{ending}") for ending in ("pem", "key", "csr", "ext"))
        with open(extensions, "w", encoding="utf-8") as file:
            file.write(f"subjectAltName={address}\n")
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", request, "-subj", f"/CN={name}")
        self.openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial", "-days", "30", "-extfile", extensions,
                     "-out", certificate)
        return certificate, key


def over_https(programs):
    """The company's own authority stands in the key list: a terminal enrols and works over https, and talks to nobody else on that address."""
    with Place(programs) as place:
        hq, ours, theirs = place.hq, Company(place, "ours"), Company(place, "theirs")
        hq.stop()
        request, signed = place.path("keys.request"), place.path("keys.signed")
        run(hq.hq, "keys", "request", "--data", hq.data, "--authority", ours.certificate, "-o", request)
        run(hq.hq, "keys", "sign", "--root", os.path.join(hq.data, "keys", "root.key"), request, "-o", signed)
        run(hq.hq, "keys", "install", "--data", hq.data, signed)
        good = ours.server("hq", "IP:127.0.0.1")
        for name, impostor in (("another authority", theirs.server("hq", "IP:127.0.0.1")), ("another name", ours.server("printer", "DNS:printer.plant"))):
            hq.over_tls(*impostor)
            hq.start()
            code = json.loads(run(hq.hq, "terminal", "invite", "--data", hq.data, "--site", "balkhash", "--json").stdout)["code"]
            refused = place.command("enrol", "--data", place.path("refused"), "--hq", hq.url, "--code", code, check=False)
            expect(refused.returncode == 1 and refused.stderr.strip(), f"{name}: nobody enrols there")
            hq.stop()
        hq.over_tls(*good)
        hq.start()
        data = place.terminal("terminal")
        terminal = place.sit_down(data, hq.one_time_code(NUMBER))
        terminal.end()
        unsent = place.status(data)["unsent"]
        expect(unsent > 0, "there is something to send")
        hq.stop()
        hq.over_tls(*theirs.server("again", "IP:127.0.0.1"))
        hq.start()
        done = hq.sync(data)
        expect(done.returncode == 1 and place.status(data)["unsent"] >= unsent, "an impostor gets nothing")
        hq.stop()
        hq.over_tls(*good)
        hq.start()
        expect(place.sync(data)["sent"] >= unsent, "HQ gets everything")


def copied_disk(programs):
    """A disk is copied and both go on: HQ keeps what both wrote, each fact once, and one of them goes on in a journal that follows the old one."""
    with Place(programs) as place:
        data, copy = place.terminal("terminal"), place.path("copy")
        terminal = place.sit_down(data, place.hq.one_time_code(NUMBER))
        terminal.end()
        place.sync(data)
        shutil.copytree(data, copy)

        original = place.sit_down(data)
        original.read_and_acknowledge(PIN)
        original.end()
        place.sync(data)
        cloned = place.sit_down(copy)
        cloned.take_module()
        cloned.end()
        place.sync(copy)
        place.sync(copy)
        place.sync(data)
        journals = [len(place.status(each)["journals"]) for each in (data, copy)]
        expect(sorted(journals) == [1, 2], f"one of the two has a successor: {journals}")
        for each in (data, copy):
            status = place.status(each)
            expect(status["unsent"] == 0, f"everything of {each} is at HQ: {status}")
            expect(place.command("verify", "--data", each, check=False).returncode == 0, "its journals are whole")
        wrote, there = set(place.facts(data) + place.facts(copy)), place.facts_at_hq("t-01")
        expect(len(there) == len(wrote) and set(there) == wrote, f"each fact of both is at HQ once: {len(there)} of {len(wrote)}")
        done = {row["duty"]: row["state"] for row in place.hq.duties(NUMBER)}
        expect(done["code"] == "done" and done["speak-up"] == "done", f"HQ has both: {done}")
        place.verified()

        back = place.sit_down(copy)
        expect(state_of(back, "code")["state"] == "done", "and each terminal hears of what the other wrote")
        back.end()


def put_back_disk(programs):
    """A terminal's disk is put back from a copy: it learns that it is behind HQ, overwrites nothing, and goes on in a new journal under a new key."""
    with Place(programs) as place:
        data, copy = place.terminal("terminal"), place.path("copy")
        place.read(data, place.hq.one_time_code(NUMBER), sections=3)
        place.sync(data)
        shutil.copytree(data, copy)
        lost = place.sit_down(data)
        lost.read_and_acknowledge(PIN)
        lost.end()
        place.sync(data)
        before = place.facts_at_hq("t-01")
        with open(os.path.join(data, "terminal.key"), encoding="ascii") as file:
            old_key = file.read()
        shutil.rmtree(data)
        shutil.copytree(copy, data)

        again = place.sit_down(data)
        again.take_module()
        again.end()
        done = place.command("sync", "--data", data, check=False)
        expect(done.returncode == 0, f"the exchange works: {done.stderr}")
        status = place.status(data)
        expect(len(status["journals"]) == 2, f"it goes on in a second journal: {status}")
        with open(os.path.join(data, "terminal.key"), encoding="ascii") as file:
            expect(file.read().split()[0] != old_key.split()[0], "under a new key")
        place.sync(data)
        expect(place.status(data)["unsent"] == 0, "everything is at HQ")
        here, there = set(place.facts(data)), place.facts_at_hq("t-01")
        expect(there[:len(before)] == before, "what HQ had it has")
        expect(len(there) == len(set(there)) and set(there) == here | set(before), f"and each new fact once: {len(there)}")
        place.command("verify", "--data", data)
        place.verified()
        back = place.sit_down(data)
        expect(state_of(back, "code")["state"] == "done", "what its disk had forgotten it hears of")
        expect(state_of(back, "speak-up")["state"] == "done", "and what it did since counts")
        back.end()
        place.sync(data)
        expect(len(place.status(data)["journals"]) == 2, "one successor is enough")


def goes_on_elsewhere(programs):
    """She begins at one terminal and goes on at another: what is done is done, read sections stay read, an attempt elsewhere is told."""
    with Place(programs) as place:
        first, second = place.terminal("first"), place.terminal("second")
        here = place.sit_down(first, place.hq.one_time_code(NUMBER))
        here.read_and_acknowledge(PIN)
        state = here.want("open duty", duty="speak-up")
        if state["check"]:
            here.want("answer check", item=state["check"]["item"], choice=state["check"]["options"][0]["choice"])
        here.want("go to page", page=2)
        here.want("show duties")
        here.want("open duty", duty="probation-test")
        here.want("start test", duty="probation-test")
        here.kill()
        place.sync(first)
        news = place.sync(second)
        expect(news["people"] >= 1, f"news of her came down: {news}")

        there = place.sit_down(second)
        expect(state_of(there, "code")["state"] == "done", "the Code is acknowledged")
        expect("another terminal" in state_of(there, "code")["evidence"], "elsewhere")
        expect(there.want("open duty", duty="speak-up")["page"] == 2, "the module goes on at its second page")
        there.want("show duties")
        intro = there.want("open duty", duty="probation-test")
        expect(intro["screen"] == "test intro" and intro["notice"], f"the attempt stays where it began: {intro}")
        expect(there.want("start test", duty="probation-test")["screen"] == "item", "and another may begin here")
        there.want("ask to leave")
        there.want("leave test")
        there.end()
        place.sync(second)
        place.verified()


if __name__ == "__main__":
    tell([enrolled_by_stick, over_https, copied_disk, put_back_disk, goes_on_elsewhere])
