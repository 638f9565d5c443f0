"""What a person likes, learned from answers, per outcome.

To choose, one set of weights is drawn from the posterior of `preference` and the best
candidate under these weights is taken (Thompson 1933, Biometrika 25:285): what is
uncertain gets tried, what is known to be liked returns.

A taste keeps what was answered, not only what was learned, so it can be explained,
corrected and forgotten.
"""

from typing import Literal

import numpy as np

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.lessons import Answer, AnswerKind
from undersong.compose.novelty import Portrait, portrait_of
from undersong.compose.preference import (
    COLUMN,
    N_FEATURES,
    Floats,
    posterior_of,
    style_of,
)
from undersong.compose.score import Outcome, Score
from undersong.errors import ParameterError
from undersong.phrases import Sentence, phrase
from undersong.values import Document, Value

BOLDNESS = 0.25
"""How far a draw strays from what is known, as a share of what is unknown. People hear
tens of sessions, not thousands: the full share would still be trying things out."""

LIKED_FROM = 0.0
"""A session counts as kept when it was liked more than this."""

MOST_ANSWERS = 500
"""Older answers are forgotten first: tastes change."""


class Liking(Value):
    """What is known about one block for one outcome, in words and numbers."""

    block: str
    outcome: Outcome
    weight: float
    """Expected effect on liking, on a scale from -1 to 1."""
    uncertainty: float
    """Standard deviation of that."""
    kept: int
    """Sessions with it that were liked."""
    heard: int
    """Sessions with it of which the person said whether they liked them."""
    sentence: Sentence


class Taste(Document):
    """A person's taste: answers, and the posterior they give."""

    noun = "taste"

    version: Literal[1] = 1
    answers: tuple[Answer, ...] = ()

    def updated(
        self,
        heard: Score | Portrait,
        outcome: Outcome,
        liked: float,
        *,
        kind: AnswerKind = "answer",
        block: str | None = None,
    ) -> "Taste":
        """Return the taste after one more answer.

        Parameters
        ----------
        heard : Score or Portrait
            What it was about.
        outcome : {"calm", "focus", "sleep"}
            What the session was for.
        liked : float
            -1 not at all, 1 very much.
        kind : str
            How it was given; a key of `LESSON`.
        block : str or None
            The one block it is about, for a mute or a wish for more of it.

        Returns
        -------
        taste : Taste
            With the answer added.

        Raises
        ------
        ParameterError
            If `liked` is outside -1..1 or the block is unknown.
        """
        if not -1 <= liked <= 1:
            raise ParameterError(f"liked={liked:g} must be from -1 to 1")
        portrait = heard if isinstance(heard, Portrait) else portrait_of(heard)
        answer = Answer(
            outcome=outcome,
            kind=kind,
            liked=float(liked),
            block=None if block is None else checked_block(block),
            shares=portrait.shares,
            style=style_of(portrait, outcome),
        )
        return self.with_answer(answer)

    def with_answer(self, answer: Answer) -> "Taste":
        """Return the taste with one more answer; the oldest make room."""
        return Taste(answers=(*self.answers, answer)[-MOST_ANSWERS:])

    def wishing(self, outcome: Outcome, block: str, liked: float) -> "Taste":
        """Return the taste after the person set one liking by hand.

        Raises
        ------
        ParameterError
            If `liked` is outside -1..1 or the block is unknown.
        """
        alone = Portrait(
            shares={block: 1.0}, units={}, journey={}, tonic=0, scale="suspended"
        )
        kept = self.without_wish(outcome, block)
        return kept.updated(alone, outcome, liked, kind="wish", block=block)

    def without_wish(self, outcome: Outcome, block: str) -> "Taste":
        """Return the taste without what was set by hand for a block."""
        return Taste(
            answers=tuple(a for a in self.answers if not _is_wish(a, outcome, block))
        )

    def reset(self, outcome: Outcome | None = None) -> "Taste":
        """Return the taste without its answers, for one outcome or for all."""
        if outcome is None:
            return Taste()
        return Taste(answers=tuple(a for a in self.answers if a.outcome != outcome))

    def posterior(self, outcome: Outcome) -> tuple[Floats, Floats]:
        """Return mean (n_features,) and covariance of the weights for one outcome."""
        return posterior_of(a for a in self.answers if a.outcome == outcome)

    def drawn(self, outcome: Outcome, chance: np.random.Generator) -> Floats:
        """Return one set of weights drawn from the posterior, (n_features,)."""
        mean, covariance = self.posterior(outcome)
        factor = np.linalg.cholesky(covariance)
        drawn: Floats = mean + BOLDNESS * factor @ chance.standard_normal(N_FEATURES)
        return drawn

    def explain(self) -> tuple[Liking, ...]:
        """Return what has been learned, strongest first."""
        rows = [
            self.liking(outcome, block)
            for outcome in {a.outcome: None for a in self.answers}
            for block in self._blocks_told(outcome)
        ]
        return tuple(sorted(rows, key=lambda row: -abs(row.weight)))

    def liking(self, outcome: Outcome, block: str) -> Liking:
        """Return what has been learned about one block for one outcome."""
        mean, covariance = self.posterior(outcome)
        column = COLUMN[checked_block(block)]
        about = [
            a for a in self.answers if a.outcome == outcome and _tells_kept(a, block)
        ]
        kept = sum(a.liked > LIKED_FROM for a in about)
        return Liking(
            block=block,
            outcome=outcome,
            weight=float(mean[column]),
            uncertainty=float(np.sqrt(covariance[column, column])),
            kept=kept,
            heard=len(about),
            sentence=self._sentence(outcome, block, kept, len(about)),
        )

    def _sentence(self, outcome: Outcome, block: str, kept: int, heard: int) -> str:
        told = {"label": BLOCK_BY_NAME[block].label, "outcome": outcome}
        if any(_is_wish(a, outcome, block) for a in self.answers):
            return phrase("You set {label} yourself for {outcome}.", **told)
        if heard == 1:
            return phrase(
                "You have kept {label} in {kept} of 1 answered {outcome} session.",
                kept=kept,
                **told,
            )
        if heard:
            return phrase(
                "You have kept {label} in {kept} of {heard} answered {outcome} "
                "sessions.",
                kept=kept,
                heard=heard,
                **told,
            )
        turned = [
            a.liked
            for a in self.answers
            if a.outcome == outcome and a.block == block and a.kind != "wish"
        ]
        if turned:
            up = sum(liked > 0 for liked in turned)
            return phrase(
                "{label} in {outcome} sessions: turned up {up}×, down or off {down}×.",
                up=up,
                down=len(turned) - up,
                **told,
            )
        return phrase(
            "You have said how you felt after {outcome} sessions with {label}.", **told
        )

    def _blocks_told(self, outcome: Outcome) -> tuple[str, ...]:
        """Return the blocks that something was said of, each once."""
        told = {
            name: None
            for answer in self.answers
            if answer.outcome == outcome
            for name in ([answer.block] if answer.block else answer.shares)
            if name in BLOCK_BY_NAME
        }
        return tuple(told)


def checked_block(name: str) -> str:
    """Return the name of a block, or refuse one that is not in the palette.

    Raises
    ------
    ParameterError
        Naming it.
    """
    if name not in BLOCK_BY_NAME:
        raise ParameterError(
            f"block={name!r} is not in the palette; use any of "
            + ", ".join(BLOCK_BY_NAME)
        )
    return name


def _is_wish(answer: Answer, outcome: Outcome, block: str) -> bool:
    return (answer.kind, answer.outcome, answer.block) == ("wish", outcome, block)


def _tells_kept(answer: Answer, block: str) -> bool:
    """Return whether an answer says of a whole session with a block if it was liked."""
    whole = answer.block is None and answer.kind in ("answer", "skip")
    return whole and block in answer.shares
