# SPDX-License-Identifier: EUPL-1.2
"""A small store that speaks as much S3 as we ask for, over real connections; it can refuse, break off and be slow."""

import hashlib
import http.server
import threading


class Store(http.server.ThreadingHTTPServer):
    """Keeps what is put under ``/bucket/key``; ``mode`` says how it behaves."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.kept, self.asked, self.mode = {}, [], "works"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"s3+http://key:secret@127.0.0.1:{self.server_port}/documents"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def _answer(self, status, body=b"", send=True, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        if send:
            self.wfile.write(body)

    def _ask(self, respond):
        key = self.path.partition("?")[0].removeprefix("/documents/")
        self.server.asked.append((self.command, key, dict(self.headers)))
        if "Credential=key/" not in self.headers.get("Authorization", ""):
            self._answer(403)
        elif self.server.mode == "refuses":
            self._answer(503)
        else:
            respond(key)

    def do_PUT(self):
        def keep(key):
            length = int(self.headers["Content-Length"])
            if self.server.mode == "breaks off":
                self.rfile.read(length // 2)
                self.close_connection = True
                self.connection.close()
                return
            body = self.rfile.read(length)
            self.server.kept[key] = body
            self._answer(200, ETag=f'"{hashlib.md5(body).hexdigest()}"')

        self._ask(keep)

    def do_GET(self):
        def give(key):
            body = self.server.kept.get(key)
            if body is None:
                self._answer(404)
                return
            self._answer(200, body, send=self.command == "GET", ETag=f'"{hashlib.md5(body).hexdigest()}"')

        self._ask(give)

    do_HEAD = do_GET

    def do_DELETE(self):
        def drop(key):
            self.server.kept.pop(key, None)
            self._answer(204)

        self._ask(drop)
