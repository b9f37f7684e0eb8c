"""Stands between a browser and a server, as a network does: it can be cut, go silent, and come back."""

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

_PIECE = 65_536


class Relais:
    """A relay of TCP connections from a port of its own to that of a server."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._open: set[socket.socket] = set()
        self._left: set[socket.socket] = set()
        self._lock, self._passing = Lock(), Event()
        self._passing.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://localhost:{self.port}"
        self._cut = False
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break every connection, and refuse new ones."""
        self._cut = True
        self._break()

    def hush(self) -> None:
        """Let nothing through, without breaking anything: nobody is told."""
        self._passing.clear()

    def abandon(self) -> None:
        """Forget the connections that are open: they get nothing any more, and nobody is told."""
        with self._lock:
            self._left |= self._open
            self._open = set()

    def restore(self) -> None:
        """Let everything through again; what was held back arrives."""
        self._cut = False
        self._passing.set()

    def close(self) -> None:
        """Stop for good."""
        self._passing.set()
        self._listener.close()
        self._break()

    def _break(self) -> None:
        with self._lock:
            broken, self._open, self._left = self._open | self._left, set(), set()
        for each in broken:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self._relay(near)

    def _relay(self, near: socket.socket) -> None:
        try:
            if self._cut:
                raise ConnectionRefusedError
            far = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            near.close()
            return
        with self._lock:
            self._open |= {near, far}
        for source, target in ((near, far), (far, near)):
            Thread(target=self._pass, args=(source, target), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                self._passing.wait()
                if source not in self._left:
                    target.sendall(piece)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay(port: int) -> Iterator[Relais]:
    """Relay to a port of this machine, until the end."""
    relais = Relais(port)
    try:
        yield relais
    finally:
        relais.close()
