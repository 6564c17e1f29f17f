"""A person at the terminal's window: Xvfb, real mouse and keyboard events, and the list of parts the program writes for scripts.

The program writes what stands on the screen to $ADAL_WIDGETS_DUMP after each frame that changed it: id, label, role, rectangle, state.
Nothing here waits for a fixed time: it waits until a part is there, and says what was there instead when it never comes.
"""
import json
import os
import shutil
import subprocess
import time


class Desk:
    def __init__(self, folder, size=(1280, 800)):
        self.size, self.folder = size, folder
        os.makedirs(folder, exist_ok=True)
        self.dump = os.path.join(folder, "parts.json")
        self.program = None
        for tool in ("Xvfb", "xdotool", "import"):
            if not shutil.which(tool):
                raise SystemExit(f"{tool} is missing: see assets/install/packages.sh")
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size[0]}x{size[1]}x24", "-noreset", "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            self.display = ":" + answer.readline().strip()
        self.environment = dict(os.environ, DISPLAY=self.display, ADAL_WIDGETS_DUMP=self.dump, LIBGL_ALWAYS_SOFTWARE="1")

    def start(self, *command):
        if os.path.exists(self.dump):
            os.remove(self.dump)
        self.program = subprocess.Popen(command, env=self.environment)

    def close(self):
        for process in (self.program, self.server):
            if process and process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def kill(self):
        self.program.kill()
        self.program.wait()

    def parts(self):
        try:
            with open(self.dump, encoding="utf-8") as file:
                found = json.load(file)
        except (OSError, ValueError):
            return []
        return found["parts"] if isinstance(found, dict) else found

    def find(self, identifier):
        return next((p for p in self.parts() if p["id"] == identifier), None)

    def shows(self, beginning):
        return [p for p in self.parts() if p["id"].startswith(beginning)]

    def until(self, condition, what, seconds=15):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.program.poll() is not None:
                raise SystemExit(f"the terminal ended with {self.program.returncode} while waiting for {what}")
            answer = condition()
            if answer:
                return answer
            time.sleep(0.02)
        there = [p["id"] for p in self.parts() if p["id"]]
        self.picture("stuck")
        raise SystemExit(f"{what} did not come; on the screen: {', '.join(there)}")

    def wait(self, identifier, seconds=15):
        return self.until(lambda: self.find(identifier), identifier, seconds)

    def wait_enabled(self, identifier, seconds=15):
        return self.until(lambda: (lambda p: p if p and p.get("enabled", True) else None)(self.find(identifier)), identifier + " enabled", seconds)

    def xdotool(self, *arguments):
        subprocess.run(["xdotool", *map(str, arguments)], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def click(self, identifier):
        self.wait_enabled(identifier)
        time.sleep(0.15)  # as a hand does; a page that is fading in has settled
        x, y, w, h = self.in_sight(identifier)["visible"]
        self.xdotool("mousemove", round(x + w / 2), round(y + h / 2), "click", 1)

    def in_sight(self, identifier):
        """The part, after the wheel has brought it into sight if its page is taller than the window."""
        for _ in range(40):
            part = self.wait_enabled(identifier)
            if part["visible"][3] >= min(40, part["rect"][3]):
                return part
            x, y, w, h = next(p for p in self.parts() if p["role"] == "scroll" and p["rect"][0] <= part["rect"][0] + 1
                              and p["rect"][0] + p["rect"][2] >= part["rect"][0] + part["rect"][2] - 1)["visible"]
            wheel = 5 if part["rect"][1] > y + h / 2 else 4
            self.xdotool("mousemove", round(x + w / 2), round(y + h / 2), "click", wheel)
            time.sleep(0.1)
        raise SystemExit(f"{identifier} cannot be brought into sight")

    def keys(self, *names):
        for name in names:
            self.xdotool("key", name)

    def picture(self, name):
        path = os.path.join(self.folder, name + ".png")
        time.sleep(0.25)  # the last fade
        subprocess.run(["import", "-window", "root", path], env=self.environment, check=True)
        return path
