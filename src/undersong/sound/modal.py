"""Struck and plucked sounds as sums of decaying partials, made once with their room.

An instrument is a function from pitch and strength to `Modes`; `strike` turns modes
into samples. A table of modes is all that tells a bowl from a piano.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from undersong.sound.chance import generator
from undersong.sound.measure import loudness_lufs
from undersong.sound.space import SIXTY_DB, Response, placed
from undersong.units import SAMPLE_RATE, db_to_gain

Samples = NDArray[np.float32]
Floats = NDArray[np.float64]

TAIL_DB = -60.0
"""Where a tail is cut, against the sound's own loudest moment."""

ENVELOPE_SECONDS = 0.05
"""Window in which the tail's level is judged."""

FADE_FRACTION = 0.2
"""Share of a cut sound that its closing raised cosine covers."""

HIGHEST_HZ = 16_000.0
"""Partials above it are left out: inaudible here, and far from the Nyquist limit."""

RING_DB = 72.0
"""Partials ring until they are this far below the start of the whole sound: by then
its tail is cut."""

BLOCK = 1_024

DOUBLET_OCTAVES = 0.01
"""Partials closer than this, 12 cents, are one that was split."""

MOMENT_SECONDS = 0.4
STRIKE_LUFS = -20.0
"""Loudness of the loudest 0.4 s of every strike, the window of momentary loudness (EBU
Tech 3341): all pitches and strengths are equally loud until a gain says otherwise."""


PITCH_SECONDS = (0.06, 0.86)
"""Where in a note its pitch is heard."""

PROBES_HZ = np.array([-0.5, 0.0, 0.5])
MOST_ALIKE, ALIKE_WEIGHT = 0.7, 2.0

PERIODS = 2
DELAYS = 64
"""How many delays of the room are tried, over how many periods of the tone."""


@dataclass(frozen=True, slots=True)
class Thud:
    """The knock of a hammer or finger: a short band of noise at the onset."""

    level_db: float
    low_hz: float
    high_hz: float
    rt60_seconds: float


@dataclass(frozen=True, slots=True)
class Modes:
    """The partials of one struck sound, one array entry each."""

    frequency_hz: Floats
    amplitude: Floats
    rt60_seconds: Floats
    attack_seconds: float
    """Length of the raised-cosine rise."""
    thud: Thud | None = field(default=None)


def strike(modes: Modes, response: Response, seed: int) -> Samples:
    """Return one struck sound in its room, cut at -60 dB with a smooth fade.

    Parameters
    ----------
    modes : Modes
        What rings.
    response : Response
        Of the room.
    seed : int
        Of the partials' starting phases and of the knock's noise.

    Returns
    -------
    sound : float32 array, shape (n, 2)
        Begins and ends at zero; its loudest 0.4 s has `STRIKE_LUFS`.
    """
    chance = generator(seed)
    dry = ringing(modes, chance)
    if modes.thud is not None:
        knock = _knock(modes.thud, chance)[: len(dry)]
        knock *= db_to_gain(modes.thud.level_db) * float(np.max(np.abs(dry)))
        dry[: len(knock)] += knock
    rise = round(modes.attack_seconds * SAMPLE_RATE)
    dry[:rise] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(rise, dtype=np.float32) / rise)
    sound = cut_tail(in_tune(modes, dry, placed(dry, response)))
    sound *= np.float32(db_to_gain(STRIKE_LUFS - loudest_lufs(sound)))
    return sound


def loudest_lufs(sound: Samples) -> float:
    """Return the highest momentary loudness of a strike, which may not be its first.

    The room answers late, and partials beat.
    """
    n = round(MOMENT_SECONDS * SAMPLE_RATE)
    return max(loudness_lufs(sound[at : at + n]) for at in range(0, n, n // 4))


def in_tune(modes: Modes, dry: Samples, heard: Samples) -> Samples:
    """Return a strike in its room, the room a little later so that the pitch holds.

    What a room gives back of a tone has a phase of its own, and where it drifts against
    the direct sound the peak of their sum lies beside the pitch, by up to 18 cents in
    the halls used here. Within two periods there is a delay at which it does not.

    Parameters
    ----------
    modes : Modes
        Whose lowest is the pitch.
    dry : float32 array, shape (n,)
        The sound alone.
    heard : float32 array, shape (m, 2)
        The same with its room.

    Returns
    -------
    heard : float32 array, shape (m, 2)
    """
    wet = heard.copy()
    wet[: len(dry)] -= dry[:, None]
    delay = _delay(modes, dry, wet)
    late = np.zeros_like(wet)
    late[delay:] = wet[: len(wet) - delay]
    late[: len(dry)] += dry[:, None]
    return late


def _delay(modes: Modes, dry: Samples, wet: Samples) -> int:
    """Return the delay of the room, in samples, that keeps the peak on the pitch."""
    lowest = modes.frequency_hz < 1.1 * modes.frequency_hz.min()
    hz = float(np.mean(modes.frequency_hz[lowest])) + PROBES_HZ
    first, last = (round(s * SAMPLE_RATE) for s in PITCH_SECONDS)
    first, last = min(first, len(dry) // 8), min(last, len(dry))
    probes = np.hanning(last - first) * _waves(hz, last - first)
    direct = probes @ dry[first:last]
    sides = probes @ wet[first:last]
    room = np.concatenate([sides, sides.mean(axis=1, keepdims=True)], axis=1)
    delays = np.linspace(0.0, PERIODS * SAMPLE_RATE / hz[1], DELAYS).round()
    turned = np.exp(-2j * np.pi * np.outer(delays, hz / SAMPLE_RATE))
    heard = direct[:, None] + turned[:, :, None] * room
    low, middle, high = np.log(np.abs(heard)).transpose(1, 0, 2)
    curved = low - 2 * middle + high
    # The vertex of a parabola through three points, left, right and together; where
    # it opens upwards the tone has two peaks.
    aside = np.where(curved < 0, np.abs((low - high) / curved), np.inf).max(axis=1)
    # Where the room takes most of the tone away, what is left has no clear peak.
    lost = np.maximum(np.log(np.abs(direct[1])) - middle, 0.0).max(axis=1)
    # Left and right keep apart, as they are in any room.
    left, right = heard[:, 1, 0], heard[:, 1, 1]
    alike = np.maximum(np.cos(np.angle(left / right)) - MOST_ALIKE, 0.0)
    return round(float(delays[np.argmin(aside + lost + ALIKE_WEIGHT * alike)]))


def _waves(hz: Floats, n: int) -> NDArray[np.complex128]:
    """Return ``exp(-2 pi i hz t)`` for n samples, shape (len(hz), n)."""
    # As in `ringing`: two short exponentials for each instead of a long one.
    poles = -2j * np.pi * hz[:, None] / SAMPLE_RATE
    coarse = np.exp(poles * BLOCK * np.arange(-(-n // BLOCK)))
    fine = np.exp(poles * np.arange(BLOCK))
    return np.asarray(coarse[:, :, None] * fine[:, None]).reshape(len(hz), -1)[:, :n]


def ringing(modes: Modes, chance: np.random.Generator) -> Samples:
    """Return the bare sum of the partials, mono.

    Parameters
    ----------
    modes : Modes
        Frequencies, amplitudes and times to decay by 60 dB.
    chance : numpy.random.Generator
        Starting phases.

    Returns
    -------
    dry : float32 array, shape (n,)
        As long as any partial is heard, see `RING_DB`.
    """
    audible = modes.frequency_hz < HIGHEST_HZ
    # Partials of one frequency start together, or their sum would bend its pitch; so do
    # the halves of a doublet, or it would swell for a second after it was struck.
    order = np.argsort(modes.frequency_hz)
    apart = np.diff(np.log2(modes.frequency_hz[order])) > DOUBLET_OCTAVES
    same = np.zeros(len(order), int)
    same[order[1:]] = np.cumsum(apart)
    phase = chance.uniform(0, 2 * np.pi, len(same))[same]
    share = modes.amplitude / np.sum(modes.amplitude[audible])
    share_db = 20 * np.log10(np.maximum(share, 1e-9))
    rings = modes.rt60_seconds * np.maximum(RING_DB + share_db, 0.0) / 60.0
    blocks = np.ceil(rings * SAMPLE_RATE / BLOCK).astype(int) * audible
    poles = (
        -SIXTY_DB / modes.rt60_seconds + 2j * np.pi * modes.frequency_hz
    ) / SAMPLE_RATE
    # z^(B a + b) = z^(B a) z^b: two short exponentials for each partial instead of one
    # for each sample, and the sum over all partials is a product of matrices.
    number = np.arange(max(blocks.max(), 1))
    coarse = np.exp(poles * BLOCK * number[:, None] + 1j * phase)
    coarse *= number[:, None] < blocks
    fine = modes.amplitude[:, None] * np.exp(poles[:, None] * np.arange(BLOCK))
    left = np.concatenate([coarse.real, -coarse.imag], axis=1).astype(np.float32)
    right = np.concatenate([fine.real, fine.imag]).astype(np.float32)
    return np.asarray(left @ right, np.float32).ravel()


def _knock(thud: Thud, chance: np.random.Generator) -> Samples:
    """Return a decaying band of noise with peak 1, float32, mono."""
    n = fft.next_fast_len(round(thud.rt60_seconds * SAMPLE_RATE), real=True)
    spectrum = fft.rfft(chance.standard_normal(n, np.float32))
    octave = np.log2(np.maximum(np.fft.rfftfreq(n, 1 / SAMPLE_RATE), 1.0))
    low, high = np.log2(thud.low_hz), np.log2(thud.high_hz)
    middle, half = (low + high) / 2, (high - low) / 2
    spectrum *= np.exp(-0.5 * ((octave - middle) / half) ** 2)
    knock = fft.irfft(spectrum, n).astype(np.float32)
    knock *= np.exp(-SIXTY_DB * np.arange(n, dtype=np.float32) / n)
    return np.asarray(knock / np.max(np.abs(knock)), np.float32)


def cut_tail(sound: Samples) -> Samples:
    """Return a sound cut where it stays 60 dB below its loudest moment, faded out.

    Parameters
    ----------
    sound : float32 array, shape (n, 2)
        Anything that decays.

    Returns
    -------
    cut : float32 array, shape (m, 2), m at most n
        Ends at zero; the fade covers its last fifth.
    """
    hop = round(ENVELOPE_SECONDS * SAMPLE_RATE)
    n_frames = len(sound) // hop
    power = np.mean(sound[: n_frames * hop].reshape(n_frames, -1) ** 2, axis=1)
    heard = np.flatnonzero(power > power.max() * 10 ** (TAIL_DB / 10))
    end = min(len(sound), (int(heard[-1]) + 2) * hop)
    cut = sound[:end].copy()
    n_fade = int(FADE_FRACTION * end)
    fade = 0.5 + 0.5 * np.cos(np.pi * np.arange(1, n_fade + 1) / n_fade)
    cut[-n_fade:] *= fade.astype(np.float32)[:, None]
    return cut
