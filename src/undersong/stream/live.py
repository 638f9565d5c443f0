"""One continuous stream, for players without HLS: bytes come out as samples go in."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from undersong.compose.score import Score
from undersong.errors import NotFoundError
from undersong.sound.render import Samples
from undersong.stream.encoders import Encoder, Format
from undersong.stream.notice import tags


@dataclass(frozen=True, slots=True)
class LiveFormat:
    """One row: what a player is told, and what it is sent."""

    media_type: str
    row: Format


LIVE_FORMATS: Mapping[str, LiveFormat] = {
    "flac": LiveFormat("audio/flac", Format("flac", "flac", "s16")),
    "ogg": LiveFormat(
        "audio/ogg",
        # Pages of half a second: a player hears the first one soon.
        Format(*("ogg", "libopus", "flt", 160_000), muxer={"page_duration": "500000"}),
    ),
    "mp3": LiveFormat(
        "audio/mpeg",
        # The table of contents would have to be written last, at the front.
        Format(*("mp3", "libmp3lame", "fltp", 192_000), muxer={"write_xing": "0"}),
    ),
}
"""By the suffix of the address."""


def live_format(name: str) -> LiveFormat:
    """Return the row of an address's suffix; NotFoundError if there is none."""
    if name not in LIVE_FORMATS:
        raise NotFoundError(f"live.{name} is not made; use {', '.join(LIVE_FORMATS)}")
    return LIVE_FORMATS[name]


class LiveStream:
    """An encoder whose bytes are taken as they come; threads may share it.

    A player leaves while a worker still encodes for it: FFmpeg's objects do not bear
    being closed in the middle of a call, so each call waits for the one before.
    """

    def __init__(self, name: str, score: Score) -> None:
        row = live_format(name).row
        self._lock = Lock()
        self._is_abandoned = False
        self._sent = _Sent()
        self._encoder = Encoder(self._sent, row, tags(score))

    def feed(self, samples: Samples) -> bytes:
        """Encode samples, float32 of shape (n, 2), and return the bytes now due.

        Nothing is due once the stream was abandoned.
        """
        with self._lock:
            if self._is_abandoned:
                return b""
            self._encoder.feed(samples)
            return self._sent.taken()

    def finish(self) -> bytes:
        """Return the last bytes."""
        with self._lock:
            if self._is_abandoned:
                return b""
            self._encoder.finish()
            return self._sent.taken()

    def abandon(self) -> None:
        """Let go without an end: the player has left."""
        with self._lock:
            self._is_abandoned = True
            self._encoder.abandon()


class _Sent:
    """What the encoder has written and nobody has taken yet."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def write(self, data: bytes) -> int:
        """Take bytes from the encoder."""
        self._bytes += data
        return len(data)

    def taken(self) -> bytes:
        """Return the bytes and forget them."""
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken
