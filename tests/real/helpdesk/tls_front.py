"""TLS in front of a server that speaks plain HTTP on this machine, as a campus's web server does it."""

import contextlib
import socket
import ssl
import threading
from pathlib import Path


class TlsFront:
    """``folder`` holds cert.pem and key.pem; ``port`` is its own."""

    def __init__(self, upstream: int, folder: Path) -> None:
        self._upstream = upstream
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.num_tickets = 0  # else something comes after the question that is not the answer yet
        self._context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, plain: socket.socket) -> None:
        with contextlib.suppress(OSError), plain, self._context.wrap_socket(plain, server_side=True) as client:
            # A TLS connection may not be read and written by two threads at once: the question first, whole. Only then
            # is the server asked, which takes one connection at a time and waits for whoever says nothing.
            question = _question(client)
            with socket.create_connection(("127.0.0.1", self._upstream)) as server:
                server.sendall(question)
                while chunk := server.recv(65536):
                    client.sendall(chunk)
            client.unwrap()


def _question(client: ssl.SSLSocket) -> bytes:
    """One HTTP request; the server behind is told to end the connection after it."""
    said = b""
    while b"\r\n\r\n" not in said:
        chunk = client.recv(65536)
        if not chunk:
            raise OSError("no question came")
        said += chunk
    head, _, body = said.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"keep-alive:"))]
    length = next((int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        chunk = client.recv(65536)
        if not chunk:
            raise OSError("half a question came")
        body += chunk
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body
