"""A road between terminal and HQ that counts every byte (HTTP's headers included) and can be cut at a chosen moment."""
import socket
import threading


class CountedRoad:
    def __init__(self, hq_port):
        self.hq_port, self.up, self.down = hq_port, 0, 0
        self.after_up = None  # (bytes, act): act once so much went up; the rest stays here
        self.before_down = None  # act before the first byte of an answer goes on; it stays here
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                terminal, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(terminal,), daemon=True).start()

    def carry(self, terminal):
        try:
            hq = socket.create_connection(("127.0.0.1", self.hq_port))
        except OSError:
            terminal.close()
            return
        for end in (terminal, hq):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        answers = threading.Thread(target=self.carry_down, args=(hq, terminal), daemon=True)
        answers.start()
        self.carry_up(terminal, hq)
        answers.join()
        terminal.close()
        hq.close()

    def carry_up(self, terminal, hq):
        while piece := self.read(terminal):
            if self.after_up and self.up + len(piece) >= self.after_up[0]:
                (limit, act), self.after_up = self.after_up, None
                rest = piece[:max(0, limit - self.up)]
                self.up += len(rest)
                hq.sendall(rest)
                act()
                break
            self.up += len(piece)
            hq.sendall(piece)
        self.end(hq)

    def carry_down(self, hq, terminal):
        while piece := self.read(hq):
            if self.before_down:
                act, self.before_down = self.before_down, None
                act()
                break
            self.down += len(piece)
            try:
                terminal.sendall(piece)
            except OSError:
                break
        self.end(terminal)

    @staticmethod
    def read(end):
        try:
            return end.recv(1 << 16)
        except OSError:
            return b""

    @staticmethod
    def end(road):
        try:
            road.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def counted(self):
        """Up and down since the last time."""
        counted, self.up, self.down = (self.up, self.down), 0, 0
        return counted

    def close(self):
        self.listener.close()
