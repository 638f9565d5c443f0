"""`undersong play`: a session through this computer's speakers."""

from collections.abc import Callable
from types import ModuleType
from typing import Protocol

import click

from undersong.cli.progress import progress_bar
from undersong.cli.score_options import (
    ScoreOptions,
    score_argument,
    score_from,
    score_options,
)
from undersong.cli.seconds import Seconds
from undersong.compose.events import stop
from undersong.compose.score import Score
from undersong.errors import StoreUnavailableError
from undersong.library import shared_palette
from undersong.sound.render import Samples, render
from undersong.stream.files import checked_span
from undersong.units import SAMPLE_RATE, samples_to_seconds

AHEAD = SAMPLE_RATE
"""Samples rendered at a time; the device asks for far fewer."""


class Speaker(Protocol):
    """An open output stream: `sounddevice.OutputStream` or a stand-in."""

    def write(self, data: Samples) -> bool:
        """Wait until there is room, then take the samples; True after a gap."""
        ...


@click.command("play")
@score_argument
@score_options
@click.option(
    "--begin", type=Seconds(), default="0", metavar="S", help="From this second on."
)
def command(options: ScoreOptions, begin: int) -> None:
    """Play a session here and now.

    Ctrl-C ends it gently; a second Ctrl-C ends it at once.
    """
    score = score_from(options)
    checked_span(score, begin, None)
    devices = _devices()
    click.echo("Playing. Ctrl-C ends it gently.", err=True)
    try:
        with (
            devices.OutputStream(SAMPLE_RATE, channels=2, dtype="float32") as speaker,
            progress_bar("Playing", score.end) as progress,
        ):
            play(score, begin, speaker, progress)
    except devices.PortAudioError as error:
        raise StoreUnavailableError(
            f"no sound device could be opened ({error}); undersong render -o FILE "
            "writes the session to a file instead"
        ) from error


def play(
    score: Score, begin: int, speaker: Speaker, progress: Callable[[int], None]
) -> int:
    """Play from `begin` to the score's end; return the index it ended at.

    An interrupt becomes a stop event: the composed ending is played, then it ends.
    """
    at = begin
    stopped = False
    while at < score.end:
        try:
            samples = render(score, at, min(at + AHEAD, score.end), shared_palette())
            speaker.write(samples)
            at += len(samples)
            progress(at)
        except KeyboardInterrupt:
            if stopped:
                raise
            # The second that was being written is heard, so the end begins after it.
            at = min(at + AHEAD, score.end)
            score, stopped = stop(score, at), True
            seconds = samples_to_seconds(score.end - at)
            click.echo(f"Ending in {seconds:.0f} s.", err=True)
    return at


def _devices() -> ModuleType:
    try:
        import sounddevice
    except OSError as error:
        # Debian's wheels leave the library out; macOS's bring it along.
        raise StoreUnavailableError(
            "playing here needs the system's PortAudio library, which was not found; "
            "install it (Debian and Ubuntu: libportaudio2), or use undersong listen "
            "or undersong render"
        ) from error
    module: ModuleType = sounddevice
    return module
