"""`undersong listen`: loopback only, a free port, bad input in one sentence."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from server import Server, free_port

from undersong.cli import run
from undersong.keep.database import FILE_NAME


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])
def test_address_that_others_could_reach_is_refused(
    host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["listen", "--host", host, "--data", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert "127.0.0.1, localhost, ::1" in error
    assert len(error.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_busy_port_is_named_with_one_that_may_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        arguments = ["listen", "--port", str(port), "--data", str(tmp_path)]
        assert run([*arguments, "--no-open"]) == 1
    error = capsys.readouterr().err
    assert f"port {port} is taken" in error
    assert f"--port {port + 1}" in error
    assert f"open http://127.0.0.1:{port}/" in error
    assert not list(tmp_path.iterdir())
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize("port", ["0", "65536", "x", "-1"])
def test_port_that_cannot_be_is_refused(
    port: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["listen", "--port", port, "--data", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert f"--port={port}" in error.replace("'", "")


def test_folder_that_cannot_be_used_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert run(["listen", "--no-open", "--data", str(tmp_path / "file" / "x")]) == 1
    assert "--data" in capsys.readouterr().err


def test_browser_is_opened_once_it_is_ready(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\nprintf %s "$1" > "{seen}.part"; mv "{seen}.part" "{seen}"'
    )
    browser.chmod(0o755)
    port = free_port()
    command = [sys.executable, "-m", "undersong", "listen", "--port", str(port)]
    environment = {"BROWSER": f"{browser} %s", "UNDERSONG_PREPARE": "0"}
    with subprocess.Popen(
        [*command, "--data", str(tmp_path / "data")],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
    ) as process:
        give_up = time.monotonic() + 60
        while not seen.exists() and time.monotonic() < give_up:
            time.sleep(0.05)
        address = seen.read_text()
        with urlopen(f"{address}healthz", timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
    assert address == f"http://127.0.0.1:{port}/"
    assert process.returncode == 0


def test_service_that_is_ended_says_nothing_and_leaves_no_log_behind(
    tmp_path: Path,
) -> None:
    # A closed terminal's signal ends it by way of a service manager's.
    with Server(tmp_path / "data", tmp_path / "cache") as server:
        assert server.stop(signal.SIGHUP) == ""
        assert server.code == 128 + signal.SIGTERM
    # Closed as it should be, the database is one whole file.
    assert [path.name for path in (tmp_path / "data").iterdir()] == [FILE_NAME]
