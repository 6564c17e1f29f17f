"""A demo HQ and an enrolled terminal for scripts, as app/run makes them; every process it starts, it ends by its id."""
import json
import os
import socket
import subprocess
import time


def run(*command, check=True, stdin=None, environment=None):
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, env=environment, timeout=120)
    if check and done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Hq:
    def __init__(self, programs, folder, library="content/library", bank="quizzes/bank"):
        self.hq, self.terminal_program = os.path.join(programs, "adal-hq"), os.path.join(programs, "adal-terminal")
        self.data, self.port, self.process = os.path.join(folder, "hq"), free_port(), None
        self.url, self.tls = f"http://127.0.0.1:{self.port}", []
        run(self.hq, "init", "--data", self.data, "--demo", "--json")
        run(self.hq, "publish", "--data", self.data, "--library", library, "--bank", bank)

    def start(self):
        with open(self.data + ".log", "a") as log:
            self.process = subprocess.Popen([self.hq, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", *self.tls], stdout=log, stderr=log)
        for _ in range(400):
            with socket.socket() as road:
                if road.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.process.poll() is not None:
                raise SystemExit(f"HQ ended with {self.process.returncode}; see {self.data}.log")
            time.sleep(0.05)
        raise SystemExit("HQ does not answer")

    def over_tls(self, certificate, key):
        """From the next start on."""
        self.tls, self.url = ["--tls-cert", certificate, "--tls-key", key], f"https://127.0.0.1:{self.port}"

    def stop(self, kill=False):
        if self.process and self.process.poll() is None:
            self.process.kill() if kill else self.process.terminate()
            self.process.wait(20)
        self.process = None

    def terminal(self, folder, site="balkhash"):
        code = json.loads(run(self.hq, "terminal", "invite", "--data", self.data, "--site", site, "--json").stdout)["code"]
        run(self.terminal_program, "enrol", "--data", folder, "--hq", self.url, "--code", code)
        return folder

    def one_time_code(self, number):
        return json.loads(run(self.hq, "employee", "code", "--data", self.data, number, "--json").stdout)["code"]

    def sync(self, terminal):
        return run(self.terminal_program, "sync", "--data", terminal, "--json", check=False)

    def duties(self, number):
        found = json.loads(run(self.hq, "duties", "--data", self.data, "--person", number, "--json").stdout)
        return found["duties"] if isinstance(found, dict) else found
