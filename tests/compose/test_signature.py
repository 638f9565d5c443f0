"""A signature is made once from a seed, can be edited, and travels as one line."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.scales import SCALE_BY_NAME
from undersong.compose.signature import from_text, signature_from, to_text
from undersong.errors import ParameterError
from undersong.units import hz_to_midi

seeds = st.integers(0, 2**53 - 1)


@given(seeds)
def test_signature_is_made_from_its_seed_alone(seed):
    assert signature_from(seed) == signature_from(seed)


@given(seeds)
def test_signature_holds_what_can_be_played(seed):
    signature = signature_from(seed)
    assert 36 <= signature.tonic <= 59
    assert signature.scale in SCALE_BY_NAME
    assert set(signature.palette) <= set(BLOCK_BY_NAME)
    for motif in signature.motifs:
        assert all(abs(b - a) <= 2 for a, b in pairwise(motif))


def test_people_differ():
    assert len({to_text(signature_from(seed)) for seed in range(200)}) > 195


@given(seeds)
def test_signature_travels_as_text(seed):
    signature = signature_from(seed)
    assert from_text(to_text(signature)) == signature


def test_text_names_the_note_as_musicians_do():
    edited = from_text("A2 dorian just; 0 1 2 0; 4 3 2 0 1; rain, warm_pad")
    # A2 is 110 Hz.
    assert edited.tonic == hz_to_midi(110)
    assert edited.motifs == ((0, 1, 2, 0), (4, 3, 2, 0, 1))
    assert edited.palette == ("rain", "warm_pad")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "must look like"),
        ("A2 dorian just; ; rain", "at least one phrase"),
        ("A2 dorian just; 0 x; rain", "whole numbers"),
        ("A7 dorian just; 0 1; rain", "tonic=105 must be from C2"),
        ("A2 phrygian odd; 0 1; tuba", r"scale='phrygian' .*; tuning='odd' .*; .*tuba"),
    ],
)
def test_text_that_is_no_signature_is_refused(text, says):
    with pytest.raises(ParameterError, match=says):
        from_text(text)
