"""Samples to one continuous encoded file or stream, by FFmpeg's encoders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Protocol

import av
import numpy as np

from undersong.errors import EncoderError
from undersong.sound.render import Samples
from undersong.stream.pcm import to_int16
from undersong.units import SAMPLE_RATE

LAYOUT = "stereo"


@dataclass(frozen=True, slots=True)
class Format:
    """One row: container, encoder, and what both are told."""

    container: str
    codec: str
    sample_format: str
    """FFmpeg's name of the samples the encoder takes: s16, flt or fltp."""
    bit_rate: int | None = None
    """Bits per second; None where the codec is exact."""
    encoder: Mapping[str, str] = field(default_factory=dict)
    muxer: Mapping[str, str] = field(default_factory=dict)


class Sink(Protocol):
    """Where encoded bytes go."""

    def write(self, data: bytes) -> int:
        """Take all bytes and return how many."""
        ...


class Encoder:
    """Encodes blocks of samples in order; a context manager that closes the file.

    Parameters
    ----------
    target : Path or Sink
        A file that is made, or an object whose `write` takes the bytes.
    row : Format
        What to write.
    metadata : mapping of str to str
        Tags, where the container has room for them.

    Raises
    ------
    EncoderError
        If the encoder is missing or the bytes cannot be written.
    """

    def __init__(
        self, target: Path | Sink, row: Format, metadata: Mapping[str, str]
    ) -> None:
        self._row = row
        self._place = 0
        try:
            self._container = av.open(
                str(target) if isinstance(target, Path) else target,
                "w",
                format=row.container,
                options=dict(row.muxer),
            )
            self._container.metadata.update(metadata)
            stream = self._container.add_stream(
                row.codec, rate=SAMPLE_RATE, layout=LAYOUT, options=dict(row.encoder)
            )
        except (OSError, ValueError) as error:
            raise EncoderError(f"{row.codec} cannot be written: {error}") from error
        assert isinstance(stream, av.AudioStream)
        self._stream = stream
        self._stream.codec_context.format = av.AudioFormat(row.sample_format)
        if row.bit_rate:
            self._stream.bit_rate = row.bit_rate

    def feed(self, samples: Samples) -> None:
        """Encode the next samples, float32 of shape (n_samples, 2)."""
        if not len(samples):
            return
        frame = _frame(samples, exact=self._row.sample_format == "s16")
        frame.pts = self._place
        self._place += len(samples)
        self._encode(frame)

    def finish(self) -> None:
        """Encode what is left and complete the file."""
        self._encode(None)
        try:
            self._container.close()
        except OSError as error:
            raise EncoderError(_unwritten(error)) from error

    def abandon(self) -> None:
        """Let go of the file as it is; nothing happens when it is complete."""
        try:
            self._container.close()
        except (OSError, ValueError):
            # It is given up already: a further failure changes nothing.
            return

    def _encode(self, frame: av.AudioFrame | None) -> None:
        try:
            # Blocks of any length: PyAV cuts them into the encoder's frames.
            self._container.mux(self._stream.encode(frame))
        except OSError as error:
            raise EncoderError(_unwritten(error)) from error

    def __enter__(self) -> "Encoder":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.finish()
        else:
            self.abandon()


def _frame(samples: Samples, *, exact: bool) -> av.AudioFrame:
    """Return interleaved samples as a frame, 16-bit where the codec is exact."""
    values = to_int16(samples) if exact else np.ascontiguousarray(samples)
    frame = av.AudioFrame.from_ndarray(
        values.reshape(1, -1), format="s16" if exact else "flt", layout=LAYOUT
    )
    frame.sample_rate = SAMPLE_RATE
    frame.time_base = Fraction(1, SAMPLE_RATE)
    return frame


def _unwritten(error: OSError) -> str:
    why = (error.strerror or str(error)).lower()
    return f"the sound could not be written ({why}); check the disk's free space"
