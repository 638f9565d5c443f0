"""Decoding by a program nobody here wrote: FFmpeg's command line."""

import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def decoded_int16(source: bytes | Path | str) -> NDArray[np.int16]:
    """Return what ffmpeg decodes, shape (n, 2); any warning is a failure."""
    name = "pipe:0" if isinstance(source, bytes) else str(source)
    run = subprocess.run(
        [
            "ffmpeg",
            "-nostdin",
            "-v",
            "warning",
            "-i",
            name,
            "-f",
            "s16le",
            "-ac",
            "2",
            "pipe:1",
        ],
        input=source if isinstance(source, bytes) else None,
        capture_output=True,
        check=False,
        timeout=120,
    )
    complaints = [
        line
        for line in run.stderr.decode().splitlines()
        # Said of any WAV without a channel mask; it is no fault in the sound.
        if "Guessed Channel Layout" not in line
    ]
    assert run.returncode == 0, complaints
    assert not complaints, complaints
    return np.frombuffer(run.stdout, np.int16).reshape(-1, 2)


def tags_of(path: Path) -> str:
    """Return every tag that ffprobe finds, in one text."""
    return subprocess.run(
        [
            *("ffprobe", "-v", "error", "-show_entries", "format_tags:stream_tags"),
            str(path),
        ],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
