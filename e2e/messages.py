"""A proxy between an agent and its server that leaves headers out, as builds do that never heard of them; it keeps what was asked."""

import http.client
import http.server
import json
import threading


class Messages(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port):
        super().__init__(("127.0.0.1", 0), Passing)
        self.target = port
        self.port = self.server_address[1]
        self.without_asked = set()
        self.without_answered = set()
        self.asked = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """An agent that is ended leaves a request behind."""

    def close(self):
        self.shutdown()
        self.server_close()


class Passing(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    own = {"connection", "transfer-encoding", "content-length", "upgrade", "http2-settings", "host"}

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        left_out = self.own | self.server.without_asked
        headers = {name: value for name, value in self.headers.items() if name.lower() not in left_out}
        connection = http.client.HTTPConnection("127.0.0.1", self.server.target, timeout=60)
        try:
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            content = answer.read()
        except OSError:
            self.close_connection = True
            return
        finally:
            connection.close()
        if body:
            self.server.asked.append((self.path, json.loads(body), answer.status))
        self.send_response_only(answer.status)
        left_out = self.own | self.server.without_answered
        for name, value in answer.getheaders():
            if name.lower() not in left_out:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = pass_on

    def log_message(self, *_):
        pass
