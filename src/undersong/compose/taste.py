"""What a person likes, learned from answers: a Bayesian linear preference per outcome.

Liking is modelled as a weighted sum of features of a score (which blocks and how
present they are, and how bright, dense, warm and lively it is) plus noise, with a
normal prior on the weights. The posterior is exact (Bishop 2006, Pattern Recognition
and Machine Learning, eq. 3.50-3.54). To choose, one set of weights is drawn from it
and the best candidate under these weights is taken (Thompson 1933, Biometrika 25:285):
what is uncertain gets tried, what is known to be liked returns.

A taste keeps what was answered, not only what was learned, so it can be explained,
corrected and forgotten.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from undersong.compose.blocks import BLOCK_BY_NAME, BLOCKS
from undersong.compose.novelty import Portrait, portrait_of
from undersong.compose.plans import DIMENSIONS, PLANS
from undersong.compose.score import Outcome, Score
from undersong.errors import ParameterError
from undersong.values import Value

Floats = NDArray[np.float64]

AnswerKind = Literal["answer", "more", "less", "skip", "mute", "nudge", "wish"]

WEIGHT: Mapping[AnswerKind, float] = {
    **{"answer": 1.0, "more": 1.0, "less": 1.0, "skip": 0.6},
    **{"mute": 1.5, "nudge": 0.5, "wish": 4.0},
}
"""How much one answer of a kind counts, in answers after a session."""

PRIOR_SD = 0.35
"""Of one weight: most blocks move a session's liking by up to a third of the scale."""

NOISE_SD = 0.35
"""Of one answer, on a scale from -1 disliked to 1 liked."""

FULL_PRESENCE_SHARE = 0.3
"""Share of the mix from which a block counts as fully present."""

STYLE_SPREAD = 0.1
"""A journey this far from the outcome's own counts as one unit of style."""

BOLDNESS = 0.25
"""How far a draw strays from what is known, as a share of what is unknown. People hear
tens of sessions, not thousands: the full share would still be trying things out."""

LIKED_FROM = 0.0
"""A session counts as kept when it was liked more than this."""

MOST_ANSWERS = 500
"""Older answers are forgotten first: tastes change."""

N_FEATURES = 1 + len(BLOCKS) + 2 * len(DIMENSIONS)


class Answer(Value):
    """One thing a person told about one session, or one block of it."""

    outcome: Outcome
    kind: AnswerKind = "answer"
    liked: float = Field(ge=-1, le=1)
    """-1 not at all, 0 neither, 1 very much."""
    block: str | None = None
    """Set where it was about one block alone."""
    shares: Mapping[str, float] = Field(default_factory=dict)
    style: Mapping[str, float] = Field(default_factory=dict)


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
    """Sessions with it that were answered."""
    sentence: str


class Taste(Value):
    """A person's taste: answers, and the posterior they give."""

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
            How it was given; a key of `WEIGHT`.
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
        if block is not None and block not in BLOCK_BY_NAME:
            raise ParameterError(
                f"block={block!r} is not in the palette; use any of "
                + ", ".join(BLOCK_BY_NAME)
            )
        portrait = heard if isinstance(heard, Portrait) else portrait_of(heard)
        answer = Answer(
            outcome=outcome,
            kind=kind,
            liked=float(liked),
            block=block,
            shares=portrait.shares,
            style=style_of(portrait, outcome),
        )
        return self.with_answer(answer)

    def with_answer(self, answer: Answer) -> "Taste":
        """Return the taste with one more answer; the oldest make room."""
        return Taste(answers=(*self.answers, answer)[-MOST_ANSWERS:])

    def wishing(self, outcome: Outcome, block: str, liked: float) -> "Taste":
        """Return the taste after the person set one liking by hand."""
        kept = tuple(
            a
            for a in self.answers
            if not (a.kind == "wish" and (a.outcome, a.block) == (outcome, block))
        )
        alone = Portrait(
            shares={block: 1.0}, units={}, journey={}, tonic=0, scale="suspended"
        )
        return Taste(answers=kept).updated(
            alone, outcome, liked, kind="wish", block=block
        )

    def reset(self, outcome: Outcome | None = None) -> "Taste":
        """Return the taste without its answers, for one outcome or for all."""
        if outcome is None:
            return Taste()
        return Taste(answers=tuple(a for a in self.answers if a.outcome != outcome))

    def posterior(self, outcome: Outcome) -> tuple[Floats, Floats]:
        """Return mean (n_features,) and covariance of the weights for one outcome."""
        precision = np.eye(N_FEATURES) / PRIOR_SD**2
        pull = np.zeros(N_FEATURES)
        for answer in self.answers:
            if answer.outcome != outcome:
                continue
            x = _features_of_answer(answer)
            weight = WEIGHT[answer.kind] / NOISE_SD**2
            precision += weight * np.outer(x, x)
            pull += weight * answer.liked * x
        covariance = np.asarray(np.linalg.inv(precision), np.float64)
        return covariance @ pull, covariance

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
            for block in self._blocks_heard(outcome)
        ]
        return tuple(sorted(rows, key=lambda row: -abs(row.weight)))

    def liking(self, outcome: Outcome, block: str) -> Liking:
        """Return what has been learned about one block for one outcome."""
        mean, covariance = self.posterior(outcome)
        about = [
            a for a in self.answers if a.outcome == outcome and _is_about(a, block)
        ]
        kept = sum(a.liked > LIKED_FROM for a in about)
        label = BLOCK_BY_NAME[block].label
        wished = any(
            (a.kind, a.outcome, a.block) == ("wish", outcome, block)
            for a in self.answers
        )
        return Liking(
            block=block,
            outcome=outcome,
            weight=float(mean[COLUMN[block]]),
            uncertainty=float(np.sqrt(covariance[COLUMN[block], COLUMN[block]])),
            kept=kept,
            heard=len(about),
            sentence=f"You set {label} yourself for {outcome}."
            if wished
            else f"You have kept {label} in {kept} of {len(about)} answered {outcome} "
            f"session{'' if len(about) == 1 else 's'}.",
        )

    def _blocks_heard(self, outcome: Outcome) -> tuple[str, ...]:
        heard = {
            name: None
            for answer in self.answers
            if answer.outcome == outcome
            for name in answer.shares
            if name in BLOCK_BY_NAME
        }
        return tuple(heard)

    def to_json(self) -> str:
        """Return the taste as JSON text; `from_json` gives back an equal taste."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str | bytes) -> "Taste":
        """Return the taste that `to_json` wrote.

        Raises
        ------
        ParameterError
            If the text is not a taste of this version.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            raise ParameterError(
                f"the text is not a taste: {first['msg'].lower()}"
            ) from error


def style_of(portrait: Portrait, outcome: Outcome) -> dict[str, float]:
    """Return how a score leans from the outcome's own journey, in units of style."""
    target = PLANS[outcome].target
    return {
        name: (portrait.journey[name] - target[name]) / STYLE_SPREAD
        for name in DIMENSIONS
        if name in portrait.journey
    }


def features_of(portraits: Sequence[Portrait], outcome: Outcome) -> Floats:
    """Return the features of several scores, shape (n_portraits, n_features)."""
    return np.stack([_features(p.shares, style_of(p, outcome)) for p in portraits])


COLUMN: Mapping[str, int] = {block.name: 1 + i for i, block in enumerate(BLOCKS)}


def _features(shares: Mapping[str, float], style: Mapping[str, float]) -> Floats:
    """Return one score's features: constant, presences, styles and their squares."""
    x = np.zeros(N_FEATURES)
    x[0] = 1.0
    for name, share in shares.items():
        if name in COLUMN:
            x[COLUMN[name]] = min(1.0, share / FULL_PRESENCE_SHARE)
    first = 1 + len(BLOCKS)
    for i, name in enumerate(DIMENSIONS):
        value = min(2.0, max(-2.0, style.get(name, 0.0)))
        x[first + i] = value / 2
        # Squares let a middle be liked best.
        x[first + len(DIMENSIONS) + i] = value**2 / 4
    return x


def _features_of_answer(answer: Answer) -> Floats:
    if answer.block is None:
        x = _features(answer.shares, answer.style)
        # An answer about the style alone says nothing of the session as a whole.
        x[0] = 1.0 if answer.shares else 0.0
        return x
    # An answer about one block says nothing of the rest.
    x = np.zeros(N_FEATURES)
    if answer.block in COLUMN:
        x[COLUMN[answer.block]] = 1.0
    return x


def _is_about(answer: Answer, block: str) -> bool:
    """Return whether an answer is about a whole session that had the block."""
    return answer.block is None and block in answer.shares
