"""The live meter says what helps while a person is recording, by the same gates."""

import numpy as np
import pytest
from research import sounds
from research.spoilt import coloured, noisy, telephone, together

from undersong.hear.gates import GATE
from undersong.hear.live import ENOUGH_SPEECH_SECONDS, WHILE_RECORDING, meter
from undersong.hear.read import read

RATE = 16_000


def recordings(clips: list[np.ndarray]) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(8)
    voice = clips[0]
    return {
        "voice": voice,
        "telephone": telephone(voice),
        "three words": voice[: 2 * RATE],
        "no numbers": np.full(6 * RATE, np.nan, np.float32),
        "silence": np.zeros(6 * RATE, np.float32),
        "noise": next(sounds.noises(rng)),
        "tone": next(sounds.tones()),
        "in noise": noisy(voice, coloured(len(voice), rng, 1.0), 2.0),
        "overdriven": sounds.overdriven(voice, 0.1),
        "narrow": sounds.low_passed(voice, 2_500.0),
        "two voices": together(voice, clips[6]),
        "whisper": sounds.whispered(voice, rng),
    }


def test_the_meter_fails_exactly_what_a_read_refuses(
    book_clips: list[np.ndarray],
) -> None:
    seen = set()
    for kind, samples in recordings(book_clips).items():
        for seconds in (1, 4, 14):
            so_far = samples[: seconds * RATE]
            refusal = read(so_far, RATE).refusal
            hint = meter(so_far, RATE)
            assert hint.failed == (refusal.code if refusal else None), kind
            if refusal:
                said = WHILE_RECORDING.get(refusal.code, refusal.sentence)
                assert hint.sentence == said
                assert not hint.enough
            seen.add(hint.failed)
    # Every gate was tried, and passing them all.
    assert seen == {None, *GATE}


def test_nothing_yet_is_said_so() -> None:
    hint = meter(np.zeros(RATE), RATE)
    assert not hint.enough
    assert "microphone" in hint.sentence


def test_speech_so_far_says_keep_going(book_clips: list[np.ndarray]) -> None:
    hint = meter(book_clips[0][: 3 * RATE], RATE)
    assert hint.sentence == "Keep going."


def test_a_whole_clip_is_enough(book_clips: list[np.ndarray]) -> None:
    found = [meter(samples, RATE) for samples in book_clips[:6]]
    enough = [hint for hint in found if hint.enough]
    assert len(enough) >= 4
    assert all(hint.speech_seconds >= ENOUGH_SPEECH_SECONDS for hint in enough)


def test_too_loud_is_said_so(book_clips: list[np.ndarray]) -> None:
    hint = meter(sounds.overdriven(book_clips[0], 0.1), RATE)
    assert hint.clipped
    assert "too loud" in hint.sentence


@pytest.mark.parametrize("n_samples", [0, 1, 639, 5_000])
def test_any_length_gives_a_hint(n_samples: int) -> None:
    assert meter(np.ones(n_samples), RATE).sentence


def test_the_level_is_the_peak_in_dbfs() -> None:
    assert meter(np.array([0.1, -0.1] * 4_000), RATE).level_db == pytest.approx(-20.0)
