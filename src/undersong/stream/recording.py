"""Bytes of a recording to samples: libsndfile first, FFmpeg for what phones record.

Nothing is written, fetched or kept, and no more than the asked-for seconds are
decoded however long the file says it is.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

import av
import av.audio
import numpy as np
import soundfile
from numpy.typing import NDArray

from undersong.errors import AudioFormatError, NotFoundError
from undersong.phrases import phrase

LIMIT_SECONDS = 60.0
LIMIT_BYTES = 2**30
LONGEST_SECONDS = 3_600.0
"""A recording that says it is longer is not a voice sample."""

UNKNOWN_FRAMES = 2**63 - 1
"""What libsndfile says of a length that the file does not state."""

MOST_CHANNELS = 32
MOST_VALUES = 2**25
"""Samples times channels: 128 MB, 60 s of stereo at 192 kHz."""

FFMPEG_FORMATS: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "mp4"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (0, b"OggS", "ogg"),
    (0, b"fLaC", "flac"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"RIFF", "wav"),
    (0, b"#!AMR", "amr"),
    (0, b"0&\xb2u", "asf"),
)
"""Offset, signature and container. Only these are given to FFmpeg, by name: its own
guess could take a playlist for a recording and open what that points to."""


UNREADABLE = (soundfile.SoundFileError, av.FFmpegError)
"""What the decoders raise for bytes that are not theirs."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Decoded sound."""

    samples: NDArray[np.float32]
    """Shape (n_samples, n_channels), nominal -1..1."""
    sample_rate: int
    """Hz."""


def decode(
    source: bytes | Path,
    *,
    limit_seconds: float = LIMIT_SECONDS,
    limit_bytes: int = LIMIT_BYTES,
) -> Recording:
    """Return the beginning of a recording.

    Parameters
    ----------
    source : bytes or Path
        WAV, FLAC, Ogg, MP3, AIFF, m4a, webm and their like.
    limit_seconds : float
        No more than this is decoded; above 0.
    limit_bytes : int
        A larger recording is refused before it is opened.

    Returns
    -------
    Recording

    Raises
    ------
    NotFoundError
        If there is no such file.
    AudioFormatError
        If it is too large, too long or cannot be decoded.
    """
    name = str(source) if isinstance(source, Path) else phrase("the recording")
    size = _size(source) if isinstance(source, Path) else len(source)
    if size > limit_bytes:
        raise AudioFormatError(
            phrase(
                "{name} has {megabytes:.0f} MB, more than the {limit:.0f} "
                "MB that are read; give a shorter recording, a minute is "
                "plenty",
                name=name,
                megabytes=size / 1e6,
                limit=limit_bytes / 1e6,
            )
        )
    if size == 0:
        raise AudioFormatError(
            phrase("{name} is empty; give a recording of a voice", name=name)
        )
    with _opened(source) as file:
        return _decoded(file, name, limit_seconds)


def _size(path: Path) -> int:
    if not path.exists():
        raise NotFoundError(f"there is no file {path}; check the name")
    if path.is_dir():
        raise AudioFormatError(
            f"{path} is a folder; give the recordings in it, as in {path / '*'}"
        )
    if not path.is_file():
        raise AudioFormatError(f"{path} is not a file; give a recording of a voice")
    return path.stat().st_size


def _opened(source: bytes | Path) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return source.open("rb")
    except OSError as error:
        raise AudioFormatError(
            f"{source} could not be opened ({error.strerror}); check who may read it"
        ) from error


def _decoded(file: BinaryIO, name: str, limit_seconds: float) -> Recording:
    head = file.read(16)
    file.seek(0)
    decoders: list[Callable[[BinaryIO, str, float], Recording]] = [_by_libsndfile]
    container = container_of(head)
    if container:
        decoders.append(partial(_by_ffmpeg, container=container))
    for decoder in decoders:
        try:
            return decoder(file, name, limit_seconds)
        except UNREADABLE:
            file.seek(0)
    raise AudioFormatError(
        phrase(
            "{name} could not be read as sound; WAV, FLAC, Ogg, MP3, m4a and webm work",
            name=name,
        )
    )


def container_of(head: bytes) -> str | None:
    """Return FFmpeg's name of the container that begins with these bytes, if known."""
    for offset, signature, name in FFMPEG_FORMATS:
        if head[offset:].startswith(signature):
            return name
    return None


def _by_libsndfile(file: BinaryIO, name: str, limit_seconds: float) -> Recording:
    with soundfile.SoundFile(_Clamped(file)) as sound:
        # A file that was written to a pipe does not know its own length.
        frames = sound.frames if sound.frames < UNKNOWN_FRAMES else 0
        _check_length(name, frames / sound.samplerate, sound.channels)
        wanted = _wanted(limit_seconds, sound.samplerate, sound.channels)
        samples = sound.read(wanted, dtype="float32", always_2d=True)
        return Recording(samples, sound.samplerate)


def _by_ffmpeg(
    file: BinaryIO, name: str, limit_seconds: float, *, container: str
) -> Recording:
    with av.open(file, "r", format=container, metadata_errors="ignore") as sound:
        # A damaged header may name a stream, but no known codec, rate or channels.
        usable = [
            part
            for part in sound.streams.audio
            if part.codec_context is not None and part.rate and part.channels
        ]
        if not usable:
            raise AudioFormatError(
                phrase("{name} has no sound in it; give a recording", name=name)
            )
        stream = usable[0]
        stated = (sound.duration or 0) / av.time_base
        _check_length(name, stated, stream.channels)
        wanted = _wanted(limit_seconds, stream.rate, stream.channels)
        blocks = _blocks(sound.decode(stream), wanted)
        if not blocks:
            raise AudioFormatError(
                phrase("{name} has no sound in it; give a recording", name=name)
            )
        return Recording(np.concatenate(blocks)[:wanted], stream.rate)


def _blocks(frames: Iterable[av.AudioFrame], wanted: int) -> list[NDArray[np.float32]]:
    """Decode until enough; a recording cut short gives what it has."""
    planar = av.AudioResampler(format="fltp")
    blocks: list[NDArray[np.float32]] = []
    had = 0
    try:
        for frame in frames:
            for block in planar.resample(frame):
                samples = np.asarray(block.to_ndarray().T, np.float32)
                # Damage may change the channels on the way: the first ones count.
                if not blocks or samples.shape[1] == blocks[0].shape[1]:
                    blocks.append(samples)
                    had += len(samples)
            if had >= wanted:
                break
    except av.FFmpegError:
        if not blocks:
            raise
    return blocks


def _check_length(name: str, seconds: float, channels: int) -> None:
    if seconds > LONGEST_SECONDS:
        raise AudioFormatError(
            phrase(
                "{name} lasts {hours:.1f} hours, more than the one hour "
                "that a recording may have; give a shorter one, a minute is"
                " plenty",
                name=name,
                hours=seconds / 3600,
            )
        )
    if channels > MOST_CHANNELS:
        raise AudioFormatError(
            phrase(
                "{name} has {channels} channels, more than {most}; give a "
                "mono or stereo recording",
                name=name,
                channels=channels,
                most=MOST_CHANNELS,
            )
        )


def _wanted(limit_seconds: float, sample_rate: int, channels: int) -> int:
    return min(int(limit_seconds * sample_rate), MOST_VALUES // channels)


class _Clamped:
    """A file without a name whose seeks cannot fail.

    libsndfile guesses a format from a name, and its callbacks cannot raise: damaged
    headers ask for places before the beginning.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {
            io.SEEK_SET: 0,
            io.SEEK_CUR: self._file.tell(),
            io.SEEK_END: self._length(),
        }[whence]
        return self._file.seek(min(max(0, base + offset), self._length()))

    def tell(self) -> int:
        return self._file.tell()

    def read(self, count: int) -> bytes:
        return self._file.read(max(0, count))

    def write(self, _: bytes) -> int:
        """Write nothing: libsndfile wants the method to be there."""
        return 0

    def _length(self) -> int:
        here = self._file.tell()
        end = self._file.seek(0, io.SEEK_END)
        self._file.seek(here)
        return end
