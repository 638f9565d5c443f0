"""`undersong listen`: loopback only, a free port, bad input in one sentence."""

import signal
import socket
from pathlib import Path
from urllib.request import urlopen

import pytest
from server import free_port

from undersong.cli import run


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
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize("port", ["0", "65536", "x", "-1"])
def test_port_that_cannot_be_is_refused(
    port: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["listen", "--port", port, "--data", str(tmp_path)]) == 2
    assert "UNDERSONG_PORT" in capsys.readouterr().err


def test_folder_that_cannot_be_used_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert run(["listen", "--no-open", "--data", str(tmp_path / "file" / "x")]) == 1
    assert "--data" in capsys.readouterr().err


def test_browser_is_opened_once_it_is_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def look(address: str) -> None:
        with urlopen(f"{address}healthz", timeout=10) as answer:
            opened.append(f"{address} {answer.status}")
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("webbrowser.open", look)
    monkeypatch.setenv("UNDERSONG_PREPARE", "0")
    port = free_port()
    assert run(["listen", "--port", str(port), "--data", str(tmp_path)]) == 0
    assert opened == [f"http://127.0.0.1:{port}/ 200"]
