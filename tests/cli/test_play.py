import numpy as np
import pytest

from undersong import compose, render
from undersong.cli import run
from undersong.cli.play import AHEAD, play


class Loudspeaker:
    """Takes samples as `sounddevice.OutputStream` does."""

    def __init__(self, interrupted_at_write: int | None = None) -> None:
        self.heard: list[np.ndarray] = []
        self.writes = 0
        self.interrupted_at_write = interrupted_at_write

    def write(self, data: np.ndarray) -> bool:
        self.heard.append(data)
        self.writes += 1
        if self.writes - 1 == self.interrupted_at_write:
            raise KeyboardInterrupt
        return False


def test_whole_session_is_heard_once_and_in_order() -> None:
    score = compose("focus", seed=2, minutes=0.25)
    speaker = Loudspeaker()
    assert play(score, 0, speaker, lambda _: None) == score.end
    np.testing.assert_allclose(
        np.concatenate(speaker.heard), render(score, 0, score.end), atol=1e-6
    )


def test_interrupt_ends_with_the_composed_outro_not_a_cut() -> None:
    score = compose("calm", seed=2, minutes=2)
    speaker = Loudspeaker(interrupted_at_write=5)
    ended_at = play(score, 0, speaker, lambda _: None)
    assert ended_at < score.end
    assert ended_at >= 6 * AHEAD + round(score.outro_seconds * 48_000)
    last = np.abs(speaker.heard[-1][-480:]).max()
    assert last < 0.01 * np.abs(np.concatenate(speaker.heard)).max()


def test_second_interrupt_stops_at_once() -> None:
    score = compose("calm", seed=2, minutes=2)

    class Impatient(Loudspeaker):
        def write(self, data: np.ndarray) -> bool:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play(score, 0, Impatient(), lambda _: None)


def test_begin_beyond_the_end_is_refused_before_any_device_is_opened(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["play", "--for", "calm", "--minutes", "1", "--begin", "90"]) == 2
    assert "0 to 60 s" in capsys.readouterr().err
