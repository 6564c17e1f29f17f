"""Somebody at `adal-terminal drive`: intents in, states out, through a real process that may be killed at any moment."""
import json
import subprocess


class Terminal:
    def __init__(self, program, data):
        self.command = [program, "drive", "--data", data]
        self.process = None
        self.state = None

    def start(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        return self.want("wait")

    def want(self, intent, **more):
        self.process.stdin.write(json.dumps({"intent": intent, **more}, ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the terminal ended with {self.process.wait()} at {intent}")
        self.state = json.loads(line)
        return self.state

    def digits(self, text):
        self.want("type digits", digits=text)
        return self.want("confirm")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def end(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def sign_in(self, number, pin, code=None):
        self.want("begin sign in")
        self.digits(number)
        if code:
            self.digits(code)
            self.digits(pin)
        return self.digits(pin)

    def read_and_acknowledge(self, pin, duty="code"):
        state = self.want("open duty", duty=duty)
        for section in state["contents"]:
            self.want("go to section", section=section["section"])
        self.want("show acknowledgement")
        return self.digits(pin)

    def take_module(self, duty="speak-up"):
        state = self.want("open duty", duty=duty)
        while state["screen"] == "module":
            if state["check"] and not state["check"]["chosen"]:
                state = self.want("answer check", item=state["check"]["item"], choice=state["check"]["options"][0]["choice"])
            state = self.want("go to page", page=state["page"] + 1)
        return state

    def answer(self, answers):
        """Chooses what `answers` says is right for the item on the screen."""
        state = self.state
        for right in answers[" ".join(state["stem"].split())]:
            option = next(o for o in state["options"] if " ".join(o["text"].split()) == right)
            if not option["selected"]:
                self.want("select choice", item=state["item"], choice=option["choice"])
        return self.state

    def take_test(self, answers, duty="probation-test"):
        self.want("open duty", duty=duty)
        state = self.want("start test", duty=duty)
        for number in range(1, state["total"] + 1):
            self.want("go to item", number=number)
            self.answer(answers)
        self.want("ask to submit")
        return self.want("submit test")
