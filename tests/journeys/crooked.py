"""A crooked road: a TCP proxy on loopback between a terminal and HQ that cuts, leaves out, repeats, tarries and loses, as it is told."""
import select
import socket
import struct
import threading
import time

UP, DOWN = "up", "down"
IDLE = 0.3  # seconds: after a mischief both ends may wait for bytes that never come; then the road breaks


class Straight:
    """What becomes of one connection. The others differ from this one."""
    is_over, is_spoilt, is_reset = False, False, False

    def carry(self, direction, data):
        return data


class Refusing(Straight):
    is_over, is_reset = True, True


class Slow(Straight):
    """Everything comes, in small pieces and late."""

    def __init__(self, dice):
        self.dice = dice

    def carry(self, direction, data):
        time.sleep(self.dice.uniform(0, 0.05))
        return data


class Bent(Straight):
    """At one byte of one direction it is cut, or some bytes are left out or come twice."""

    def __init__(self, how, direction, at, count=1, is_reset=False):
        self.how, self.direction, self.at, self.count, self.is_reset = how, direction, at, count, is_reset
        self.before = b""

    def carry(self, direction, data):
        if direction != self.direction or self.is_spoilt:
            return data
        whole, begin = self.before + data, len(self.before)
        self.before = whole
        if len(whole) <= self.at:
            return data
        self.is_spoilt = True
        first, rest = whole[begin:self.at], whole[self.at:]
        if self.how == "cut":
            self.is_over = True
            return first
        if self.how == "leave out":
            return first + rest[self.count:]
        return first + whole[max(0, self.at - self.count):self.at] + rest


class LosingAnswer(Straight):
    """The question with these words arrives; of its answer nothing does."""

    def __init__(self, words):
        self.words, self.asked = words, b""

    def carry(self, direction, data):
        if direction == UP:
            self.asked += data
            return data
        self.is_over = self.is_spoilt = self.words in self.asked
        return b"" if self.is_over else data


class CutAnswer(Straight):
    """The answer to the last question with these words breaks off after some bytes."""

    def __init__(self, words, at):
        self.words, self.left, self.is_asked = words, at, False

    def carry(self, direction, data):
        if direction == UP:
            self.is_asked = self.is_asked or self.words in data
            return data
        if not self.is_asked:
            return data
        data, self.left = data[:self.left], self.left - len(data)
        self.is_over = self.is_spoilt = self.left <= 0
        return data


class Road:
    def __init__(self, to_port):
        self.to_port, self.trip, self.heard = to_port, Straight, b""
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def close(self):
        self.door.close()

    def serve(self):
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self.connect, args=(near, self.trip()), daemon=True).start()

    def connect(self, near, trip):
        with near, socket.socket() as far:
            try:
                if not trip.is_over:
                    far.connect(("127.0.0.1", self.to_port))
                    self.pass_on(near, far, trip)
            except OSError:
                pass
            if trip.is_reset:
                near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def pass_on(self, near, far, trip):
        while not trip.is_over:
            ready = select.select([near, far], [], [], IDLE if trip.is_spoilt else None)[0]
            for side in ready:
                data = side.recv(65536)
                if side is near:
                    self.heard += data
                carried = trip.carry(UP if side is near else DOWN, data) if data else b""
                (far if side is near else near).sendall(carried)
                if not data or trip.is_over:
                    return
            if not ready:
                return
