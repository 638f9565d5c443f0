import numpy as np
import pytest
from scipy.signal import butter, sosfilt
from tests.sound.tonal.playing import PLUCKS, cents, peak_hz

from undersong.sound.chance import generator
from undersong.sound.instruments import INSTRUMENTS, STRENGTHS, room, struck
from undersong.sound.measure import loudness_lufs
from undersong.sound.modal import STRIKE_LUFS, Modes, ringing
from undersong.sound.space import SPACES, octave_masks
from undersong.units import SAMPLE_RATE, midi_to_hz

Floats = np.ndarray


def decay_seconds(
    samples: Floats, low_db: float = -25.0, high_db: float = -5.0
) -> float:
    """Return the time to fall by 60 dB, by backward integration (Schroeder 1965)."""
    left = np.cumsum(samples[::-1].astype(float) ** 2)[::-1]
    level = 10 * np.log10(left / left[0] + 1e-12)
    first, last = (int(np.argmax(level < db)) for db in (high_db, low_db))
    return -60 * (last - first) / SAMPLE_RATE / (level[last] - level[first])


def band(samples: Floats, low_hz: float, high_hz: float) -> Floats:
    sos = butter(4, [low_hz, high_hz], "bandpass", fs=SAMPLE_RATE, output="sos")
    return np.asarray(sosfilt(sos, samples))


@pytest.mark.parametrize("name", PLUCKS)
@pytest.mark.parametrize("place", [0.0, 0.5, 1.0])
def test_a_strike_sounds_its_pitch_within_three_cents(name: str, place: float) -> None:
    row = INSTRUMENTS[name]
    pitch = row.low + place * (row.high - row.low)
    wanted = midi_to_hz(pitch)
    mono = struck(name, pitch, 1, "room").mean(axis=1)
    found = peak_hz(mono[2_400:], wanted * 0.95, wanted * 1.05)
    assert abs(cents(wanted, found)) < 3


@pytest.mark.parametrize(
    ("name", "ratio"),
    [("kalimba", 5.4), ("marimba", 4.0), ("bowl", 2.8), ("bowl", 5.2)],
)
def test_partials_lie_where_measured_instruments_have_them(
    name: str, ratio: float
) -> None:
    mono = struck(name, 60.0, STRENGTHS - 1, "room").mean(axis=1)
    near = ratio * midi_to_hz(60.0)
    found = peak_hz(mono[: SAMPLE_RATE // 2], near * 0.93, near * 1.07)
    assert found / midi_to_hz(60.0) == pytest.approx(ratio, rel=0.03)


def test_piano_partials_are_stretched_as_stiff_strings_are() -> None:
    # Fletcher 1964: f_n = n f0 sqrt(1 + B n^2); here B is about 1e-4 at middle C.
    f0 = midi_to_hz(60.0)
    mono = struck("felt_piano", 60.0, 3, "room").mean(axis=1)
    seventh = peak_hz(mono[:SAMPLE_RATE], 6.9 * f0, 7.2 * f0)
    stiff = 1e-4
    wanted = 7 * f0 * np.sqrt((1 + 49 * stiff) / (1 + stiff))
    assert abs(cents(wanted, seventh)) < 1.5


def test_piano_decays_in_two_stages() -> None:
    # Weinreich 1977: a quick first decay, then a slower one.
    mono = struck("felt_piano", 60.0, 1, "room").mean(axis=1)
    power = band(mono, 200, 340)[: 3 * SAMPLE_RATE] ** 2
    level_db = 10 * np.log10(power.reshape(60, -1).mean(axis=1))
    early, late = (
        np.polyfit(range(n), level_db[at : at + n], 1)[0]
        for at, n in ((2, 8), (40, 20))
    )
    assert early < 2 * late < 0


def test_harp_lacks_the_partial_with_a_node_under_the_finger() -> None:
    mono = struck("harp", 57.0, 3, "room").mean(axis=1)
    spectrum = np.abs(np.fft.rfft(mono[:SAMPLE_RATE] * np.hanning(SAMPLE_RATE)))
    level = [
        spectrum[round(220.0 * n) - 4 : round(220.0 * n) + 5].max() for n in (4, 5)
    ]
    assert level[1] < 0.05 * level[0]


def test_bowl_sings_at_the_distance_of_its_doublet() -> None:
    # Two equal lines 3 cents apart around 220 Hz: 0.381 beats a second.
    mono = struck("bowl", 57.0, 0, "room").mean(axis=1)
    tone = band(mono, 190, 250)
    envelope = np.sqrt(np.convolve(tone**2, np.ones(4_800) / 4_800, "same"))[::480]
    seconds = np.arange(len(envelope)) / 100
    inside = (seconds > 0.3) & (seconds < 7)
    steady = envelope[inside] * 10 ** (3 * seconds[inside] / 12)
    spectrum = np.abs(
        np.fft.rfft((steady - steady.mean()) * np.hanning(len(steady)), 8192)
    )
    beats_hz = np.fft.rfftfreq(8192, 0.01)
    found = beats_hz[np.argmax(np.where(beats_hz > 0.25, spectrum, 0))]
    assert found == pytest.approx(220 * (2 ** (3 / 1200) - 1), abs=0.12)


def test_a_partial_decays_in_its_time() -> None:
    modes = Modes(np.array([440.0]), np.array([1.0]), np.array([1.5]), 0.0)
    assert decay_seconds(ringing(modes, generator(1))) == pytest.approx(1.5, rel=0.03)


@pytest.mark.parametrize("name", PLUCKS)
@pytest.mark.parametrize("step", [0, STRENGTHS - 1])
def test_a_strike_begins_and_ends_at_nothing(name: str, step: int) -> None:
    sound = struck(name, float(INSTRUMENTS[name].high), step, "hall")
    top = np.abs(sound).max()
    assert np.abs(sound[0]).max() < 1e-3 * top
    assert np.abs(sound[-1]).max() < 1e-6 * top
    # The tail is cut where it has fallen by 60 dB, not sooner.
    last = np.abs(sound[-len(sound) // 50 :]).max()
    assert last < 10 ** (-55 / 20) * top


@pytest.mark.parametrize("name", PLUCKS)
def test_firmer_strikes_are_brighter_and_no_louder(name: str) -> None:
    soft, firm = (struck(name, 62.0, step, "room") for step in (0, STRENGTHS - 1))
    share = []
    for sound in (soft, firm):
        power = np.abs(np.fft.rfft(sound[:SAMPLE_RATE], axis=0)).sum(axis=1) ** 2
        hz = np.fft.rfftfreq(SAMPLE_RATE, 1 / SAMPLE_RATE)
        share.append(power[hz > 2 * midi_to_hz(62.0) * 1.2].sum() / power.sum())
    assert share[1] > 1.5 * share[0]
    moment = round(0.4 * SAMPLE_RATE)
    loud = [loudness_lufs(sound[:moment]) for sound in (soft, firm)]
    assert loud[0] == pytest.approx(loud[1], abs=1.0)


@pytest.mark.parametrize("name", PLUCKS)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_strike_is_loudest_at_its_beginning_and_as_loud_at_any_pitch(
    name: str, share: float
) -> None:
    row = INSTRUMENTS[name]
    sound = struck(name, round(row.low + share * (row.high - row.low)), 1, "hall")
    moment, step = round(0.4 * SAMPLE_RATE), round(0.1 * SAMPLE_RATE)
    starts = range(0, len(sound) - moment, step)
    loud = [loudness_lufs(sound[start : start + moment]) for start in starts]
    assert np.argmax(loud) <= 3
    # Levelled before it is given its place, which moves its loudness by a decibel.
    assert max(loud) == pytest.approx(STRIKE_LUFS, abs=1.5)


@pytest.mark.parametrize("name", SPACES)
def test_a_room_rings_as_long_as_its_row_says(name: str) -> None:
    tail = room(name).samples[:, 0].copy()
    tail[0] = 0
    for centre_hz, rt60 in (
        (500.0, SPACES[name].rt60_seconds[2]),
        (2_000.0, SPACES[name].rt60_seconds[4]),
    ):
        late = band(tail, centre_hz / 1.19, centre_hz * 1.19)[4_800:]
        assert decay_seconds(late) == pytest.approx(rt60, rel=0.15)


def test_octave_weights_add_to_one() -> None:
    hz = np.geomspace(125, 20_000, 200)
    assert np.sum(octave_masks(hz), axis=0) == pytest.approx(np.ones(200), abs=1e-6)
