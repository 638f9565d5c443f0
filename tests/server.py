"""A real server in its own process, which a test may kill and start again."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from urllib.error import URLError
from urllib.request import urlopen

READY_SECONDS = 60.0


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`undersong listen` over a data folder; a context manager."""

    def __init__(self, data: Path, cache: Path) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._data = data
        self._cache = cache
        self._log = data.with_name(f"{data.name}.log")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it is ready."""
        # To a file, not a pipe: a pipe that nobody reads would stop the server.
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "undersong", "listen", "--no-open"),
                    *("--port", str(self.port), "--data", str(self._data)),
                ],
                env={
                    **os.environ,
                    "UNDERSONG_CACHE": str(self._cache),
                    "UNDERSONG_PREPARE": "0",
                },
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        give_up = time.monotonic() + READY_SECONDS
        while time.monotonic() < give_up:
            assert self._process.poll() is None, self._complaint()
            try:
                with urlopen(f"{self.base}/readyz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.05)
        raise AssertionError("the server did not become ready")

    def kill(self) -> None:
        """End it at once, as a crash would (SIGKILL)."""
        self._end(signal.SIGKILL)

    def stop(self, number: signal.Signals = signal.SIGINT) -> str:
        """End it as Ctrl+C does, and return what it complained about."""
        return self._end(number)

    @property
    def process_id(self) -> int:
        """The id of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def code(self) -> int | None:
        """The exit code, once it has ended."""
        return self._process.returncode if self._process else None

    def _end(self, number: signal.Signals) -> str:
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait(20)
        return self._complaint()

    def _complaint(self) -> str:
        return self._log.read_text()

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()
