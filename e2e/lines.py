"""A TCP line between two processes that can be cut, or go dead: what is sent on it arrives nowhere and nobody hears."""

import socket
import threading


class Line:
    def __init__(self, port):
        self.target = port
        self.open = True
        self.held = False
        self.breaking = None
        self.pairs = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            pair = None
            try:
                if self.open:
                    pair = Pair(self, client, socket.create_connection(("127.0.0.1", self.target), timeout=5))
            except OSError:
                pass
            if pair is None:
                client.close()
            else:
                self.pairs.append(pair)
                if self.held:
                    pair.dead.set()

    def cut(self):
        """Ends all connections and refuses new ones."""
        self.open = False
        self.held = False
        for pair in self.pairs:
            pair.end()
        self.pairs.clear()

    def mend(self):
        self.open = True

    def break_at(self, request):
        """Cuts when a request with these bytes is half answered."""
        self.breaking = request

    def deaden(self):
        """Connections that are open stay so, and carry nothing ever again; new ones work."""
        for pair in self.pairs:
            pair.dead.set()

    def hold(self):
        """Whoever connects is connected, and nothing is ever said, on old connections as on new ones."""
        self.held = True
        self.deaden()

    def close(self):
        self.listener.close()
        self.cut()


class Pair:
    def __init__(self, line, client, server):
        self.line = line
        self.ends = (client, server)
        self.dead = threading.Event()
        self.asked = False
        server.settimeout(None)
        for one, other in ((client, server), (server, client)):
            threading.Thread(target=self.pass_on, args=(one, other), daemon=True).start()

    def pass_on(self, one, other):
        try:
            while data := one.recv(65536):
                if self.line.breaking and one is self.ends[0] and self.line.breaking in data:
                    self.asked = True
                if self.asked and one is self.ends[1]:
                    other.sendall(data[:len(data) // 2])
                    self.line.breaking = None
                    self.line.cut()
                    return
                if not self.dead.is_set():
                    other.sendall(data)
        except OSError:
            pass
        if not self.dead.is_set():
            self.end()

    def end(self):
        for end in self.ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
