from fractions import Fraction
from itertools import combinations

import pytest

from undersong.compose.scales import SCALE_BY_NAME, SCALES, Scale, pitch_of
from undersong.errors import ParameterError

PURE = {
    # 32/27 is the third that three pure fifths make; suspended has no other.
    3: {Fraction(6, 5), Fraction(32, 27)},
    4: {Fraction(5, 4)},
    5: {Fraction(4, 3)},
    7: {Fraction(3, 2)},
    8: {Fraction(8, 5)},
    # 27/16 is the sixth that two pure fifths make above a tone; it beats gently.
    9: {Fraction(5, 3), Fraction(27, 16)},
}
"""Consonant intervals by semitones, as whole-number ratios."""

COLOURS = [(row, chord) for row in SCALES for chord in row.chords]


@pytest.mark.parametrize(("row", "chord"), COLOURS, ids=lambda x: str(x)[:24])
def test_every_consonance_of_a_colour_is_pure_in_just_tuning(
    row: Scale, chord: tuple[int, ...]
) -> None:
    for one, other in combinations(chord, 2):
        low, high = sorted((one, other))
        ratio = Fraction(*row.ratios[high]) / Fraction(*row.ratios[low])
        semitones = row.semitones[high] - row.semitones[low]
        assert ratio in PURE.get(semitones, {ratio})


@pytest.mark.parametrize("row", SCALES, ids=lambda row: row.name)
def test_just_steps_lie_within_a_quarter_tone_of_tempered_ones(row: Scale) -> None:
    for degree in range(-7, 15):
        just, tempered = (
            pitch_of(degree, tonic=50, scale=row.name, tuning=tuning)
            for tuning in ("just", "tempered")
        )
        assert abs(just - tempered) < 0.25


@pytest.mark.parametrize("row", SCALES, ids=lambda row: row.name)
def test_an_octave_is_twelve_semitones_in_either_tuning(row: Scale) -> None:
    size = len(row.semitones)
    for tuning in ("just", "tempered"):
        for degree in (-3, 0, 4):
            low, high = (
                pitch_of(d, tonic=45, scale=row.name, tuning=tuning)
                for d in (degree, degree + size)
            )
            assert high - low == pytest.approx(12)


def test_modes_go_from_light_to_dark_as_in_textbooks() -> None:
    names = ["lydian", "mixolydian", "dorian", "aeolian"]
    light = [SCALE_BY_NAME[name].light for name in names]
    assert light == sorted(light, reverse=True)


def test_unknown_scale_is_named_with_those_there_are() -> None:
    with pytest.raises(ParameterError, match=r"'locrian'.*dorian"):
        pitch_of(0, tonic=45, scale="locrian", tuning="just")
