"""What scripts rely on: names, exit codes, --json, errors on stderr that name the thing, in the language asked for. usage: commands_test.py ADAL_HQ"""
import json
import os
import subprocess
import sys
import tempfile

program = sys.argv[1]
folder = tempfile.TemporaryDirectory()
data = os.path.join(folder.name, "hq")


def run(*arguments, expect=0, says="", stdin="", language="en"):
    done = subprocess.run([program, *arguments], input=stdin, capture_output=True, text=True, env=dict(os.environ, ADAL_LANGUAGE=language, ADAL_DATA=data))
    assert done.returncode == expect, f"{arguments}: {done.returncode}, not {expect}: {done.stderr}"
    assert says in done.stderr + (done.stdout if expect == 0 else ""), f"{arguments}: {says!r} is not in {done.stderr!r}"
    assert expect == 0 or not done.stdout.strip() or arguments[0] in ("check", "courier"), f"{arguments}: an error on stdout: {done.stdout!r}"
    return done.stdout


def answer(*arguments, **more):
    return json.loads(run(*arguments, "--json", **more))


# Wrong usage is 2, a wrong world is 1.
run(expect=2)
run("unheard-of", expect=2)
run("employee", "code", expect=2)
run("serve", "--tls-cert", "x", expect=2)
run("duties", expect=1, says=data)
run("user", "list", "--data", "/nowhere/at/all", expect=1, says="/nowhere/at/all")
assert "0.1.0" in run("--version")

first = answer("init", "--demo")
assert first["login"] == "admin" and len(first["password"]) == 20 and os.path.exists(first["root_key"])
run("init", expect=1, says=data)
for name in os.listdir(os.path.join(data, "keys")) + ["../hq.db", "../config.json"]:
    assert os.stat(os.path.join(data, "keys", name)).st_mode & 0o077 == 0, f"{name} can be read by others"

# An HQ that could not be made leaves nothing behind.
half = os.path.join(folder.name, "half")
run("init", "--data", half, "--postgres", "host=/nowhere dbname=none", expect=1)
run("init", "--data", half)

run("user", "add", "--login", "madina", "--role", "hr", stdin="long enough a password\n", says="madina")
run("user", "add", "--login", "madina", "--role", "hr", stdin="long enough a password\n", expect=1, says="madina")
run("user", "add", "--login", "x", "--role", "queen", stdin="long enough a password\n", expect=2, says="queen")
run("user", "add", "--login", "x", "--role", "hr", stdin="short\n", expect=1, says="10")
run("user", "add", "--login", "x", "--role", "hr", "--unit", "nowhere", stdin="long enough a password\n", expect=1, says="nowhere")
assert [u["login"] for u in answer("user", "list")] == ["admin", "madina"]
run("user", "disable", "--login", "madina")
assert answer("user", "list")[1]["disabled"]
run("user", "disable", "--login", "nobody", expect=1, says="nobody")

# A number that two people hold is not guessed at.
run("employee", "code", "118204", expect=1, says="balkhash-ssd")
run("employee", "code", "118204", expect=1, says="жұмыс берушіні", language="kk")
run("employee", "code", "118204", expect=1, says="работодателя", language="ru")
code = answer("employee", "code", "118204", "--employer", "balkhash-ssd")
assert len(code["code"]) == 8 and code["code"].isdigit() and code["number"] == "118204"
run("employee", "code", "000000", expect=1, says="000000")

invitation = answer("terminal", "invite", "--site", "balkhash")
assert len(invitation["code"].replace("-", "")) == 20
run("terminal", "invite", "--site", "atlantis", expect=1, says="atlantis")
assert answer("terminal", "list") == []

# Sticks: wrong usage, no stick, an empty one, a terminal that nobody knows.
stick = os.path.join(folder.name, "stick")
run("courier", expect=2)
run("courier", "in", expect=2)
run("courier", "in", "/nowhere/at/all", expect=1, says="/nowhere/at/all")
run("courier", "out", "/nowhere/at/all", expect=1, says="/nowhere/at/all")
os.makedirs(stick)
assert answer("courier", "in", stick) == {"parts": 0, "terminals": [], "refused": []} and os.listdir(stick) == []
run("courier", "out", "--terminal", "t-77", stick, expect=1, says="t-77")
assert answer("courier", "out", stick) == {"terminals": [], "packs": [], "removed": []}
with open(os.path.join(stick, "adal", "up", "t-01-0000000000000000-1-2-00000000.adal"), "w", encoding="utf-8") as file:
    file.write("half")
run("courier", "in", stick, expect=1, says="up/t-01-0000000000000000-1-2-00000000.adal")

# Publishing: what is wrong is named with file and line, and nothing is half done.
bad = os.path.join(folder.name, "library")
os.makedirs(os.path.join(bad, "documents", "code"))
with open(os.path.join(bad, "documents", "code", "ru.md"), "w", encoding="utf-8") as file:
    file.write("---\nkind: document\n---\n\n## Wrong\n")
run("publish", "--library", bad, expect=1, says="ru.md:")
run("check", bad, expect=1)
assert answer("duties") == []
assert answer("publish")["release"] == 1
assert answer("publish")["release"] == 2

# The analysis of a test nobody has taken is empty; of one that does not exist there is none.
run("analysis", expect=2)
run("analysis", "--test", "riddles", expect=1, says="riddles")
analysis = answer("analysis", "--test", "probation")
assert analysis["people"] == 0 and analysis["all"]["items"] == [] and analysis["least"] == {"item": 30, "form": 100, "dif": 100}, analysis
assert analysis["all"]["reliability"] == {"n": 0, "value": None}, analysis

# While HQ serves, the other commands work.
server = subprocess.Popen([program, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True, env=dict(os.environ, ADAL_DATA=data, ADAL_LANGUAGE="en"))
try:
    assert "http://127.0.0.1:" in server.stdout.readline()
    duties = answer("duties", "--person", "204117")
    assert {(d["duty"], d["state"]) for d in duties} == {("code", "overdue"), ("speak-up", "due"), ("probation-test", "due")}, duties
    assert all(d["site"] == "balkhash" for d in answer("duties", "--site", "balkhash", "--duty", "code"))
    answer("employee", "code", "204117")
    answer("rebuild")
    assert answer("verify")["ok"]
finally:
    server.terminate()
    assert server.wait(20) == 0
run("serve", "--listen", "nonsense", expect=1, says="nonsense")

# A backup is made while HQ serves, and an HQ from it is another life of the same one.
safe, phrase = os.path.join(folder.name, "hq.backup"), "a mountain keeps quiet\n"
run("backup", expect=2)
run("backup", "-o", safe, stdin="short\n", expect=1, says="12")
run("backup", "-o", safe, stdin="", expect=1, says="12")
assert not os.path.exists(safe)
server = subprocess.Popen([program, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True, env=dict(os.environ, ADAL_DATA=data, ADAL_LANGUAGE="en"))
try:
    assert "http://127.0.0.1:" in server.stdout.readline()
    made = answer("backup", "-o", safe, stdin=phrase)
    assert made["bytes"] == os.path.getsize(safe) and made["rows"] > 200 and made["incarnation"] == first["incarnation"], made
    assert os.stat(safe).st_mode & 0o077 == 0
    run("restore", "--in-place", expect=1, says=data)  # not under a serving HQ
    run("serve", "--listen", "127.0.0.1:0", expect=1, says=data)
finally:
    server.terminate()
    assert server.wait(20) == 0

run("restore", expect=2)
run("restore", safe, "--in-place", expect=2)
run("restore", "--in-place", "--postgres", "x", expect=2)
run("restore", safe, stdin=phrase, expect=1, says=data)  # there is an HQ
other = os.path.join(folder.name, "restored")
run("restore", "--data", other, safe, stdin="another long passphrase\n", expect=1, says=safe)
run("restore", "--data", other, os.path.join(folder.name, "nothing"), stdin=phrase, expect=1, says="nothing")
run("restore", "--data", other, os.path.join(data, "hq.db"), stdin=phrase, expect=1, says="hq.db")
assert not os.path.exists(other)
restored = answer("restore", "--data", other, safe, stdin=phrase)
assert restored["from"] == first["incarnation"] < restored["to"] and restored["release"] > 0 and not restored["in_place"], restored
assert answer("verify", "--data", other)["ok"]
assert answer("duties", "--data", other, "--person", "204117") == answer("duties", "--person", "204117")
assert answer("user", "list", "--data", other) == answer("user", "list")
again = answer("restore", "--data", other, "--in-place")
assert again["in_place"] and again["from"] == restored["to"] < again["to"]
run("restore", "--data", os.path.join(folder.name, "nowhere"), "--in-place", expect=1, says="nowhere")
for said, language in (("сақтық көшірме", "kk"), ("резервной копии", "ru"), ("backup", "en")):
    assert said in run("restore", "--help", language=language)
print("commands: as promised")
