"""Explicit crisis words bring a soft offer; everyday idioms do not."""

from pathlib import Path

import pytest
import yaml

from undersong.guide.crisis import OFFER, offers_help
from undersong.guide.wording import verdict


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "thinking about suicide again",
        "i feel suicidal",
        "I just want to end my life.",
        "sometimes I want to end it all",
        "I don’t want to live any more",
        "I dont want to be here anymore",
        "Everyone would be better off without me",
        "i wish i was dead",
        "I want to die",
        "there is nothing to live for",
        "I can't go on like this",
        "I have been self-harming",
        "trying not to hurt myself tonight",
        "I took an overdose",
        "he keeps hitting me",
        "I am not safe at home",
        "My friend died by suicide last week",
        "Ich will nicht mehr leben",
        "Ich denke daran, mir das Leben zu nehmen",
        "ich möchte sterben",
        "WANT TO DIE",
        "I  want\nto die",
    ],
)
def test_explicit_words_bring_the_offer(text: str) -> None:
    assert offers_help(text)


@pytest.mark.parametrize(
    "text",
    [
        "this deadline is killing me",
        "My back is killing me",
        "I'm dying to sleep",
        "dead tired",
        "I could kill for a nap",
        "kill the lights",
        "that meeting was career suicide",
        "I fell asleep during Suicide Squad",
        "my phone died",
        "I nearly died laughing",
        "I wanted to die of embarrassment",
        "chocolate to die for",
        "killing time before the train",
        "I hurt myself at the gym, so I want a quiet evening",
        "Kept cutting myself shaving this morning",
        "I need to end this session earlier",
        "Let's end it all with the ocean sound",
        "it was a bad day",
        "I feel low and lonely today",
        "Die Stille tut gut",
        "I could have died when the fire alarm went off",
        "the fire died down, lovely",
        "we live near a road and it is loud",
        "take my time",
        "I ran 5 kms",
        "",
    ],
)
def test_everyday_words_do_not(text: str) -> None:
    assert not offers_help(text)


def test_more_explicit_words_bring_it_and_more_everyday_ones_do_not() -> None:
    file = Path(__file__).with_name("crisis_cases.yaml")
    cases = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert min(map(len, cases.values())) > 100
    assert [text for text in cases["offer"] if not offers_help(text)] == []
    assert [text for text in cases["everyday"] if offers_help(text)] == []


def test_the_offer_asks_softly_and_asserts_nothing_about_the_person() -> None:
    assert OFFER.endswith("?")
    assert verdict(OFFER) == "allow"


def test_nothing_is_written_or_logged(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(0):
        assert offers_help("I want to die")
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


def test_a_very_long_text_is_read_quickly() -> None:
    assert not offers_help("the rain went on and I went on listening " * 5_000)
