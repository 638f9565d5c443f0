"""What is composed, checked on the sound: tempo, brightness, level, and the sound laws.

Onsets are counted by rises of the high-frequency envelope, brightness is the spectral
centroid, level is BS.1770 as pyloudnorm measures it.
"""

from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from asking import wishes
from hypothesis import given, settings
from hypothesis import strategies as st

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.composer import compose
from undersong.compose.events import nudge, nudges_for
from undersong.compose.novelty import FLOOR, RECENT, novelties_of, portrait_of
from undersong.compose.score import OUTCOMES, Score
from undersong.compose.signature import signature_from
from undersong.sound.palette import Palette
from undersong.sound.render import render
from undersong.units import SAMPLE_RATE

SECOND = SAMPLE_RATE
MINUTE = 60 * SAMPLE_RATE
HOP = SAMPLE_RATE // 100


PALETTE = Palette()


def centroid_hz(samples):
    mono = samples.mean(axis=1) * np.hanning(len(samples))
    power = np.abs(np.fft.rfft(mono)) ** 2
    return float(np.fft.rfftfreq(len(mono), 1 / SAMPLE_RATE) @ power / power.sum())


def onsets(samples):
    """Return how many notes begin, at least 90 ms apart."""
    highs = np.abs(np.diff(samples.mean(axis=1)))
    frames = highs[: len(highs) // HOP * HOP].reshape(-1, HOP).mean(axis=1)
    rise = np.diff(np.log(1e-6 + frames))
    peaks = np.flatnonzero(
        (rise[1:-1] > 0.25) & (rise[1:-1] >= rise[:-2]) & (rise[1:-1] >= rise[2:])
    )
    count, last = 0, -9
    for peak in peaks:
        if peak - last >= 9:
            count, last = count + 1, peak
    return count


def loudness_lufs(samples):
    meter = pyloudnorm.Meter(SAMPLE_RATE)
    return float(meter.integrated_loudness(samples.astype(np.float64)))


def alone(score, block):
    """Return the score with one layer only."""
    layer = next(layer for layer in score.layers if layer.block == block)
    return score.model_copy(update={"layers": (layer,)})


def test_lively_start_has_more_notes_a_minute_than_a_weary_one():
    counts = []
    for energy in (9, 1):
        score = compose("calm", seed=0, said={"energy": energy}, wanted=["harp"])
        sound = render(alone(score, "harp"), 5 * SECOND, 65 * SECOND, PALETTE)
        counts.append(onsets(sound))
    assert counts[0] > 1.5 * counts[1]


def test_lively_start_sounds_brighter_than_a_weary_one():
    lively, usual, weary = (
        centroid_hz(
            render(
                compose("focus", seed=1, said={"energy": energy}),
                5 * SECOND,
                15 * SECOND,
                PALETTE,
            )
        )
        for energy in (9, 5, 1)
    )
    assert lively > 1.1 * usual > 1.1 * weary


@pytest.mark.parametrize("name", ["darker", "brighter", "softer"])
def test_nudge_is_heard_within_fifteen_seconds(name):
    score = compose("calm", seed=3)
    at = 15 * MINUTE
    nudged = nudge(score, name, at)
    heard = [
        render(one, at + 15 * SECOND, at + 25 * SECOND, PALETTE)
        for one in (score, nudged)
    ]
    if name == "softer":
        before, after = map(loudness_lufs, heard)
        assert after == pytest.approx(before - 4.0, abs=0.1)
    else:
        ratio = centroid_hz(heard[1]) / centroid_hz(heard[0])
        assert ratio < 0.9 if name == "darker" else ratio > 1.1


@pytest.mark.parametrize(
    ("outcome", "minute"), [("calm", 15), ("focus", 25), ("sleep", 12)]
)
def test_session_is_as_loud_as_it_says(outcome, minute):
    score = compose(outcome, seed=0, minutes=40)
    begin = minute * MINUTE
    sound = render(score, begin, begin + 30 * SECOND, PALETTE)
    wanted = score.at("loudness_lufs", np.array([begin + 15 * SECOND]))[0]
    # Half a minute of waves and wind strays from the long-term level.
    assert loudness_lufs(sound) == pytest.approx(wanted, abs=2.0)


GOLDEN = sorted((Path(__file__).parent / "golden").glob("score-*.json"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_golden_score_of_every_version_still_plays(path):
    score = Score.from_json(path.read_bytes())
    sound = render(score, 20 * SECOND, 24 * SECOND, PALETTE)
    wanted = score.at("loudness_lufs", np.array([22 * SECOND]))[0]
    assert loudness_lufs(sound) == pytest.approx(wanted, abs=4.0)
    assert np.abs(sound).max() <= HIGHEST_PEAK


# True peak of -1 dBTP; sampled peaks lie a little below it.
HIGHEST_PEAK = 10 ** (-1 / 20)


@settings(max_examples=4)
@given(wishes, st.data())
def test_random_scores_with_random_nudges_stay_inside_the_sound_laws(wish, data):
    score = compose(**wish)
    names = st.sampled_from([name for name, _ in nudges_for(score)])
    for name in data.draw(st.lists(names, max_size=3)):
        score = nudge(score, name, SECOND)
    begin = data.draw(st.integers(0, max(0, score.end - 2 * SECOND)))
    sound = render(score, begin, begin + 2 * SECOND, PALETTE)
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() <= HIGHEST_PEAK


@pytest.mark.slow
def test_a_thousand_sessions_of_one_person_obey_their_rules_as_heard():
    signature, recent = signature_from(9), []
    levels = {outcome: [] for outcome in OUTCOMES}
    centroids = {outcome: [] for outcome in OUTCOMES}
    for seed, outcome in enumerate(np.resize(OUTCOMES, 1000)):
        score = compose(
            str(outcome), seed=seed, signature=signature, recent=recent, minutes=30
        )
        here = portrait_of(score)
        if recent:
            assert novelties_of([here], recent)[0].nearest >= FLOOR - 1e-9
        recent = [*recent, here][-RECENT:]
        begin = 14 * MINUTE
        sound = render(score, begin, begin + 6 * SECOND, PALETTE)
        wanted = score.at("loudness_lufs", np.array([begin + 3 * SECOND]))[0]
        levels[outcome].append(loudness_lufs(sound) - wanted)
        centroids[outcome].append(centroid_hz(sound))
        assert np.abs(sound).max() <= HIGHEST_PEAK
        families = {BLOCK_BY_NAME[layer.block].family for layer in score.layers}
        if outcome != "calm":
            assert not families & {"pluck", "noise", "pulse"}
    for outcome in OUTCOMES:
        assert np.mean(levels[outcome]) == pytest.approx(0, abs=1.0)
    assert np.median(centroids["sleep"]) < np.median(centroids["calm"])
