"""Reasons for the arrangement: how new it is, what is liked, what was asked for."""

from collections.abc import Iterator, Mapping

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.novelty import CEILING, FLOOR, SOUND_FLOOR, Novelty
from undersong.compose.reasons.made import Made
from undersong.compose.score import Reason
from undersong.phrases import listed, phrase


def arrangement_reasons(made: Made) -> Iterator[Reason]:
    """Yield why this arrangement: novelty, taste, requests."""
    brief, choice = made.brief, made.choice
    if choice.novelty is not None:
        yield from _newness(made, choice.novelty)
    if choice.best_liked is not None and brief.taste is not None:
        liking = brief.taste.liking(brief.outcome, choice.best_liked)
        yield Reason(
            choice="layers",
            because="taste",
            sentence=phrase(COUNTED[liking.weight > 0], liking=liking.sentence),
            evidence="ID-02",
            otherwise=phrase(
                "Without your answers another arrangement would have come first."
            ),
        )
    if brief.never:
        yield Reason(
            choice="layers",
            because="request",
            sentence=phrase(
                "Without {sounds}, as you asked.", sounds=_labels(brief.never)
            ),
            otherwise=phrase("They would have been among those to choose from."),
        )


COUNTED: Mapping[bool, str] = {
    True: phrase(
        "{liking} It counted most in this choice: what is liked may suit again."
    ),
    False: phrase("{liking} It counted most in this choice."),
}
"""By whether it is liked."""

NEWNESS: Mapping[tuple[bool, bool], str] = {
    (True, False): phrase(
        "New to you: it differs from each of your last {n} sessions, and still keeps "
        "to what is yours, because familiar sound may be easier to relax to."
    ),
    (True, True): phrase(
        "New to you: it differs from your last session, and still keeps to what is "
        "yours, because familiar sound may be easier to relax to."
    ),
    (False, False): phrase(
        "As new as could be found beside your last {n} sessions; familiar sound may "
        "be easier to relax to all the same."
    ),
    (False, True): phrase(
        "As new as could be found beside your last session; familiar sound may be "
        "easier to relax to all the same."
    ),
}
"""By whether the arrangement lies within the bounds, and whether there was one only."""


def _newness(made: Made, novelty: Novelty) -> Iterator[Reason]:
    """Yield that it is new in plain words, and the figures for whoever asks."""
    choice = made.choice
    n_recent = len(made.brief.recent)
    yield Reason(
        choice="layers",
        because="novelty",
        sentence=phrase(NEWNESS[novelty.within_bounds, n_recent == 1], n=n_recent),
        evidence="ID-01",
        otherwise=phrase(
            "{aside} of {all} arrangements were too much like one of them, or unlike "
            "all of them, and were set aside.",
            aside=choice.n_candidates - choice.n_allowed,
            all=choice.n_candidates,
        ),
    )
    yield Reason(
        choice="layers.novelty",
        because="novelty",
        sentence=phrase(
            "On a scale from 0, the same, to 1, nothing in common, it lies "
            "{nearest:.2f} from the most similar of them and {average:.2f} from them "
            "on average; its sound differs by {sound_db:.1f} dB a band from the one "
            "that sounds nearest.",
            nearest=novelty.nearest,
            average=novelty.from_centre,
            sound_db=10 * novelty.nearest_sound,
        ),
        otherwise=phrase(
            "Nearer than {nearest:g}, further than {average:g} on average or within "
            "{sound_db:.1f} dB a band it would have been set aside.",
            nearest=FLOOR,
            average=CEILING,
            sound_db=10 * SOUND_FLOOR,
        ),
    )


def _labels(names: tuple[str, ...]) -> str:
    return listed([BLOCK_BY_NAME[name].label for name in names])
