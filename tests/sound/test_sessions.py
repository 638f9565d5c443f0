"""Composed sessions as a listener hears them, against the laws of level and calm.

Loudness is measured with pyloudnorm's filters and, in some, by ffmpeg's ebur128.
"""

import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import soundfile
from scipy.signal import resample_poly, sosfilt
from tests.sound.k_weighting import K_WEIGHTING
from tests.sound.scenes import RATE

from undersong.compose.brief import DAWN_BLOCKS, Dawn
from undersong.compose.composer import compose
from undersong.compose.curve import Curve
from undersong.compose.score import LOUDEST_LUFS, OUTCOMES, Outcome, Score
from undersong.sound.palette import Palette
from undersong.sound.render import render

TENTH = RATE // 10
SHORT_TERM = 30
"""Tenths of a second in the window of short-term loudness (EBU Tech 3341)."""

AUDIBLE_LUFS = -60.0

FOCUS_RISE_DB = 6.0
"""Most that the level of a focus session rises from one tenth of a second to the
next; a plucked note alone rises by more than 12."""


def session(seed: int) -> Score:
    """Return a session for anybody: any outcome, state, length and seed."""
    rng = np.random.default_rng(seed)
    outcome = OUTCOMES[seed % len(OUTCOMES)]
    said = {name: rng.uniform(0, 10) for name in ("stress", "energy", "fatigue")}
    minutes = 8.0 if outcome == "sleep" else rng.uniform(2.5, 4.0)
    return compose(
        outcome, seed=9000 + seed, said=said if seed % 4 else None, minutes=minutes
    )


class Heard(NamedTuple):
    """A rendered session and its course of loudness."""

    score: Score
    samples: np.ndarray
    power: np.ndarray
    """K-weighted, summed over both sides, by tenths of a second."""

    @property
    def short_lufs(self) -> np.ndarray:
        """Short-term loudness between the fades, a value every tenth of a second."""
        mean = np.convolve(self.power, np.ones(SHORT_TERM) / SHORT_TERM, "valid")
        first = round(10 * self.score.fade_in_seconds) + 5
        last = len(mean) - round(10 * self.score.outro_seconds) - SHORT_TERM
        return -0.691 + 10 * np.log10(mean[first:last] + 1e-12)

    @property
    def planned_lufs(self) -> np.ndarray:
        """What the score asks for in the middle of the same windows."""
        first = round(10 * self.score.fade_in_seconds) + 5
        at = (first + SHORT_TERM // 2 + np.arange(len(self.short_lufs))) * TENTH
        return self.score.at("loudness_lufs", at)


def heard(score: Score, palette: Palette) -> Heard:
    samples = render(score, 0, score.end, palette)
    state = np.zeros((len(K_WEIGHTING), 2, 2))
    power = []
    for begin in range(0, len(samples) - TENTH + 1, 300 * TENTH):
        piece = samples[begin : begin + 300 * TENTH].astype(np.float64)
        weighted, state = sosfilt(K_WEIGHTING, piece, axis=0, zi=state)
        n = len(piece) // TENTH
        squares = np.sum(weighted[: n * TENTH] ** 2, axis=1)
        power.append(squares.reshape(n, TENTH).mean(axis=1))
    return Heard(score, samples, np.concatenate(power))


def integrated_lufs(power: np.ndarray) -> float:
    """Return the gated loudness after BS.1770-5 from K-weighted power by tenths."""
    blocks = np.convolve(power, np.ones(4) / 4, "valid")
    heard = blocks[-0.691 + 10 * np.log10(blocks + 1e-20) > -70.0]
    loud = heard[heard > 0.1 * heard.mean()]
    return float(-0.691 + 10 * np.log10(loud.mean()))


def true_peak_dbtp(samples: np.ndarray) -> float:
    """Return the true peak after BS.1770-5, annex 2, from the loudest seconds."""
    n = len(samples) // RATE
    seconds = np.abs(samples[: n * RATE]).reshape(n, -1).max(axis=1)
    peak = 0.0
    for second in np.flatnonzero(seconds > 0.7 * seconds.max()):
        around = samples[max(0, second * RATE - 99) : (second + 1) * RATE + 99]
        peak = max(peak, float(np.abs(resample_poly(around, 4, 1, axis=0)).max()))
    return float(20 * np.log10(peak))


def biggest_jump_lu(short_lufs: np.ndarray) -> float:
    """Return the largest change of short-term loudness within three seconds."""
    heard = short_lufs > AUDIBLE_LUFS
    return max(
        float(np.max(np.abs(short_lufs[step:] - short_lufs[:-step]) * heard[step:]))
        for step in (10, 20, 30)
    )


def level_is_kept(one: Heard) -> bool:
    """Even at -24 LUFS; for sleep, each minute as planned."""
    if one.score.outcome != "sleep":
        return abs(integrated_lufs(one.power) + 24.0) <= 0.5
    power, plan = (10 ** (level / 10) for level in (one.short_lufs, one.planned_lufs))
    n = len(power) // 600
    found, wanted = (
        10 * np.log10(x[: n * 600].reshape(n, 600).mean(axis=1)) for x in (power, plan)
    )
    return bool(np.all(np.abs(found - wanted)[wanted > AUDIBLE_LUFS] <= 1.0))


def peak_is_kept(one: Heard) -> bool:
    """True peak at most -1 dBTP."""
    return true_peak_dbtp(one.samples) <= -1.0


def level_never_jumps(one: Heard) -> bool:
    """At most 4 LU within 3 s, 2 LU for sleep."""
    most = 2.0 if one.score.outcome == "sleep" else 4.0
    return biggest_jump_lu(one.short_lufs) <= most


def stereo_is_whole(one: Heard) -> bool:
    """Correlated within -0.2..0.9; in mono less than 3 dB is lost."""
    left, right = one.samples.astype(np.float64).T
    both = (np.mean(left**2) + np.mean(right**2)) / 2
    correlation = np.mean(left * right) / np.sqrt(np.mean(left**2) * np.mean(right**2))
    mono_db = 10 * np.log10(np.mean(((left + right) / 2) ** 2) / both)
    return bool(-0.2 <= correlation <= 0.9 and mono_db > -3.0)


def sleep_is_dark(one: Heard) -> bool:
    """After the first third, what lies above 4 kHz is 20 dB below all."""
    if one.score.outcome != "sleep":
        return True
    later = one.samples[len(one.samples) // 3 :]
    n = 20 * RATE
    power = np.zeros(n // 2 + 1)
    for begin in range(0, len(later) - n, n):
        power += np.sum(
            np.abs(np.fft.rfft(later[begin : begin + n], axis=0)) ** 2, axis=1
        )
    above = np.fft.rfftfreq(n, 1 / RATE) > 4_000
    return bool(10 * np.log10(power[above].sum() / power.sum()) <= -20.0)


def focus_has_no_onset_that_stands_out(one: Heard) -> bool:
    """No tenth of a second is louder than the one before by more than the bound."""
    if one.score.outcome != "focus":
        return True
    first = round(10 * one.score.fade_in_seconds) + 5
    last = len(one.power) - round(10 * one.score.outro_seconds)
    return bool(np.diff(10 * np.log10(one.power[first:last])).max() <= FOCUS_RISE_DB)


def it_is_clean(one: Heard) -> bool:
    """Finite, no direct current, no denormals, silent at both ends."""
    samples = np.abs(one.samples)
    tiny = np.finfo(np.float32).tiny
    return bool(
        np.all(np.isfinite(samples))
        and np.all(
            np.abs(one.samples.mean(axis=0, dtype=np.float64)) < 0.005 * samples.std()
        )
        and not np.any((samples > 0) & (samples < tiny))
        and samples[:48].max() < 1e-4
        and samples[-48:].max() < 1e-4
    )


LAWS: tuple[Callable[[Heard], bool], ...] = (
    it_is_clean,
    level_is_kept,
    peak_is_kept,
    level_never_jumps,
    stereo_is_whole,
    sleep_is_dark,
    focus_has_no_onset_that_stands_out,
)


@pytest.mark.parametrize(
    "seed",
    [*range(3), *(pytest.param(n, marks=pytest.mark.slow) for n in range(3, 200))],
)
def test_composed_session_keeps_every_law(seed: int, palette: Palette) -> None:
    one = heard(session(seed), palette)
    assert [law.__name__ for law in LAWS if not law(one)] == []


@pytest.mark.parametrize("block", DAWN_BLOCKS)
@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 8))]
)
def test_dawn_comes_gently(seed: int, block: str, palette: Palette) -> None:
    dawn = Dawn(block=block, at_minutes=1)
    one = heard(compose("sleep", seed=seed, minutes=0.5, dawn=dawn), palette)
    assert biggest_jump_lu(one.short_lufs) <= 2.0
    risen = one.short_lufs[7 * 600 :]
    assert np.max(np.abs(risen + 30.0)) <= 2.0
    assert peak_is_kept(one)
    assert stereo_is_whole(one)


@pytest.mark.parametrize(
    "seed", [15, *(pytest.param(n, marks=pytest.mark.slow) for n in range(12))]
)
def test_loudest_session_anyone_may_ask_for_keeps_its_peak(
    seed: int, palette: Palette
) -> None:
    loud = {"loudness_lufs": Curve.constant(LOUDEST_LUFS)}
    score = session(seed).model_copy(update=loud)
    assert true_peak_dbtp(render(score, 20 * RATE, 80 * RATE, palette)) <= -1.0


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [1, 2, 3, 5])
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_short_session_keeps_level_and_calm(
    outcome: Outcome, minutes: float, palette: Palette
) -> None:
    for seed in range(5):
        one = heard(compose(outcome, seed=seed, minutes=minutes), palette)
        assert level_never_jumps(one)
        assert outcome == "sleep" or level_is_kept(one)


def by_ffmpeg(path: Path) -> Mapping[str, float]:
    """Return integrated loudness and true peak as ffmpeg's ebur128 reads them."""
    done = subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-hide_banner", "-i", path),
            *("-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    summary = done.stderr[done.stderr.rindex("Summary:") :]
    found = {
        name: re.search(rf"{name}:\s+(-?[\d.]+)", summary) for name in ("I", "Peak")
    }
    return {name: float(match[1]) for name, match in found.items() if match}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_ffmpeg_reads_the_same_level_and_peak(
    seed: int, palette: Palette, tmp_path: Path
) -> None:
    score = session(seed)
    path = tmp_path / "session.wav"
    soundfile.write(path, render(score, 0, score.end, palette), RATE, "FLOAT")
    read = by_ffmpeg(path)
    assert read["I"] == pytest.approx(-24.0, abs=0.5)
    assert read["Peak"] <= -1.0
