"""One continuous stream, for players without HLS: bytes come out as samples go in."""

from collections.abc import Mapping
from dataclasses import dataclass

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


class LiveStream:
    """An encoder whose bytes are taken as they come."""

    def __init__(self, name: str, score: Score) -> None:
        if name not in LIVE_FORMATS:
            raise NotFoundError(
                f"live.{name} is not made; use {', '.join(LIVE_FORMATS)}"
            )
        self._bytes = bytearray()
        self._encoder = Encoder(self, LIVE_FORMATS[name].row, tags(score))

    def write(self, data: bytes) -> int:
        """Take bytes from the encoder."""
        self._bytes += data
        return len(data)

    def feed(self, samples: Samples) -> bytes:
        """Encode samples, float32 of shape (n, 2), and return the bytes now due."""
        self._encoder.feed(samples)
        return self._taken()

    def finish(self) -> bytes:
        """Return the last bytes."""
        self._encoder.finish()
        return self._taken()

    def abandon(self) -> None:
        """Let go without an end: the player has left."""
        self._encoder.abandon()

    def _taken(self) -> bytes:
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken
