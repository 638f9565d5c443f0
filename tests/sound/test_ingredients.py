"""How ingredients are made: quick ways give what the plain definitions give."""

import numpy as np
import pytest
from scipy.interpolate import CubicSpline
from scipy.signal import fftconvolve

from undersong.sound.chance import generator
from undersong.sound.modal import RING_DB, Modes, ringing
from undersong.sound.noise import WANDER_STEP, wander, white
from undersong.sound.space import SIXTY_DB, Response, placed
from undersong.units import SAMPLE_RATE

rng = np.random.default_rng(3)


@pytest.mark.parametrize("length", [1, 700, 5_000])
def test_sound_in_its_room_is_the_convolution_of_both(length: int) -> None:
    dry = rng.standard_normal(length).astype(np.float32)
    room = rng.standard_normal((900, 2)).astype(np.float32)
    wet = placed(dry, Response(room))
    plain = np.stack(
        [fftconvolve(dry.astype(np.float64), side) for side in room.T], axis=1
    )
    assert wet.shape == (length + 899, 2)
    np.testing.assert_allclose(wet, plain, rtol=0, atol=1e-3)


def test_wander_is_the_periodic_cubic_spline_through_its_values() -> None:
    count = round(2**18 / SAMPLE_RATE / 0.5)
    values = generator(9).uniform(-1.0, 1.0, count)
    spline = CubicSpline(
        np.arange(count + 1), np.append(values, values[0]), bc_type="periodic"
    )
    drawn = wander(9, 0.5, 3.0)[::WANDER_STEP, 0]
    at = np.arange(len(drawn)) * WANDER_STEP * count / 2**18
    np.testing.assert_allclose(20 * np.log10(drawn), 3.0 * spline(at), atol=1e-4)


def test_white_noise_has_even_power_and_unrelated_sides() -> None:
    spectra = white(4, 2**15)
    np.testing.assert_allclose(np.abs(spectra), 1.0, rtol=1e-5)
    assert abs(np.mean(spectra[:, 0] * spectra[:, 1].conj())) < 0.02


def test_ringing_is_the_sum_of_its_decaying_partials() -> None:
    modes = Modes(
        frequency_hz=np.array([220.0, 551.0, 30_000.0]),
        amplitude=np.array([1.0, 0.5, 9.0]),
        rt60_seconds=np.array([0.5, 0.2, 1.0]),
        attack_seconds=0.0,
    )
    sound = ringing(modes, np.random.default_rng(1)).astype(np.float64)
    _, same = np.unique(modes.frequency_hz, return_inverse=True)
    phase = np.random.default_rng(1).uniform(0, 2 * np.pi, 3)[same]
    seconds = np.arange(len(sound)) / SAMPLE_RATE
    plain = np.zeros(len(sound))
    for index in (0, 1):
        rt60 = modes.rt60_seconds[index]
        wave = np.cos(2 * np.pi * modes.frequency_hz[index] * seconds + phase[index])
        plain += modes.amplitude[index] * np.exp(-SIXTY_DB / rt60 * seconds) * wave
    assert len(sound) / SAMPLE_RATE == pytest.approx(0.5 * RING_DB / 60, abs=0.05)
    # Where a partial ends, that far below the whole, the sum may differ by as much.
    np.testing.assert_allclose(sound, plain, rtol=0, atol=1.5 * 10 ** (-RING_DB / 20))
