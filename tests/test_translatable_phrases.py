"""Phrases: an English string that can be said again in another language."""

import copy
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from undersong.phrases import WHOLE, Phrase, Sentence, filled, listed, phrase
from undersong.values import Value


class Told(Value):
    sentence: Sentence
    more: tuple[Sentence, ...] = ()


TOLD = Told(
    sentence=phrase(
        "{sound} at {share:.0%}, {rest}.", sound="rain", share=0.3, rest="x"
    ),
    more=("Plain.", listed(["rain", phrase("{n} drops", n=2), "wind"])),
)


def test_phrase_is_its_finished_english_sentence():
    assert TOLD.sentence == "Rain at 30%, x."
    assert TOLD.more[1] == "rain, 2 drops and wind"
    assert isinstance(TOLD.sentence, str)


def test_whole_json_gives_back_templates_and_values():
    again = Told.model_validate_json(TOLD.model_dump_json(context=WHOLE))
    assert again == TOLD
    for one, other in zip(again.more, TOLD.more, strict=True):
        assert one.template == other.template
    assert again.sentence.values == TOLD.sentence.values


def test_plain_json_shows_finished_sentences_and_still_loads():
    told = TOLD.model_dump(mode="json")
    assert told["sentence"] == "Rain at 30%, x."
    assert Told.model_validate(told) == TOLD
    assert Told.model_json_schema()["properties"]["sentence"]["type"] == "string"


def test_copies_keep_what_a_phrase_was_made_of():
    for again in (pickle.loads(pickle.dumps(TOLD)), copy.deepcopy(TOLD)):
        assert again.sentence.template == TOLD.sentence.template


def test_another_language_fills_the_same_values_in_its_own_order():
    def number(value, form):
        return format(value, form).replace(".", ",")

    told = filled(
        "zu {share:.1f} {sound}", {"sound": "a", "share": 0.5}, number, str.upper
    )
    assert told == "zu 0,5 A"


@pytest.mark.parametrize(
    "value", [1, None, {"template": "x"}, {"template": 1, "values": {}}, ["x"]]
)
def test_what_is_no_sentence_is_refused(value):
    with pytest.raises(ValidationError, match="must be a string"):
        Told(sentence=value)


@settings(max_examples=60)
@given(st.text(), st.dictionaries(st.text(max_size=3), st.integers() | st.text()))
def test_no_template_reaches_beyond_its_values(template, values):
    # A score may come from a stranger: a template is filled, never evaluated.
    assert "<class" not in Phrase(template + "{0.__class__}{v.__class__}", values)
