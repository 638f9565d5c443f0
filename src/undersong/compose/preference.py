"""A Bayesian linear preference: from answers to weights of features, exactly.

Liking is modelled as a weighted sum of features of a score (which blocks and how
present they are, and how bright, dense, warm and lively it is) plus noise, with a
normal prior on the weights. The posterior is exact (Bishop 2006, Pattern Recognition
and Machine Learning, eq. 3.50-3.54).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from undersong.compose.blocks import BLOCKS
from undersong.compose.lessons import LESSON, Answer
from undersong.compose.novelty import Portrait
from undersong.compose.plans import DIMENSIONS, PLANS, Dimension
from undersong.compose.score import Outcome

Floats = NDArray[np.float64]

PRIOR_SD = 0.35
"""Of one weight: most blocks move a session's liking by up to a third of the scale."""

STYLE_SD = 0.25
"""Of the weight of a style or its square: a lean moves liking less than a block."""

SQUARE_MEAN = -0.2
"""What two units of style away from the outcome's own journey are expected to cost.
That journey is the best guess for people at large, and liking tends to peak at a middle
(Chmiel & Schubert 2017, Psychology of Music 45:886: most of 57 studies fit it)."""

NOISE_SD = 0.35
"""Of one answer, on a scale from -1 disliked to 1 liked."""

FULL_PRESENCE_SHARE = 0.3
"""Share of the mix from which a block counts as fully present."""

STYLE_SPREAD = 0.1
"""A journey this far from the outcome's own counts as one unit of style."""

STYLE = 1 + len(BLOCKS)
"""Column of the first style."""

SQUARE = STYLE + len(DIMENSIONS)
"""Column of the first style's square."""

FELT = SQUARE + len(DIMENSIONS)
"""Column of how a person usually feels after a session, whatever played."""

N_FEATURES = FELT + 1

COLUMN: Mapping[str, int] = {block.name: 1 + i for i, block in enumerate(BLOCKS)}


def posterior_of(answers: Iterable[Answer]) -> tuple[Floats, Floats]:
    """Return what answers say of the weights.

    Parameters
    ----------
    answers : iterable of Answer
        Of one outcome.

    Returns
    -------
    mean : float64 array, shape (n_features,)
    covariance : float64 array, shape (n_features, n_features)
        The prior's where there are no answers.
    """
    prior_mean, prior_sd = prior()
    precision = np.diag(1 / prior_sd**2)
    pull = prior_mean / prior_sd**2
    for answer in answers:
        x = features_of_answer(answer)
        weight = LESSON[answer.kind].weight / NOISE_SD**2
        precision += weight * np.outer(x, x)
        pull += weight * answer.liked * x
    covariance = np.asarray(np.linalg.inv(precision), np.float64)
    return covariance @ pull, covariance


def prior() -> tuple[Floats, Floats]:
    """Return what is expected before any answer: means and spreads, (n_features,)."""
    mean, spread = np.zeros(N_FEATURES), np.full(N_FEATURES, PRIOR_SD)
    mean[SQUARE:FELT] = SQUARE_MEAN
    spread[STYLE:FELT] = STYLE_SD
    return mean, spread


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


def features_of_answer(answer: Answer) -> Floats:
    """Return the features that an answer is about, shape (n_features,)."""
    if answer.block is not None:
        # An answer about one block says nothing of the rest.
        x = np.zeros(N_FEATURES)
        if answer.block in COLUMN:
            x[COLUMN[answer.block]] = 1.0
        return x
    x = _features(answer.shares, answer.style)
    # An answer about the style alone says nothing of the session as a whole, and one
    # about how the person felt is set against how they usually feel.
    x[0] = 1.0 if answer.shares and answer.kind != "felt" else 0.0
    x[FELT] = 1.0 if answer.kind == "felt" else 0.0
    return x


def liking_of_lean(dimension: Dimension, liking: Floats) -> tuple[float, float]:
    """Return how liking grows with a lean, its linear and its square term.

    The lean is in the journey's own unit, 0..1; `liking` holds weights, shape
    (n_features,).
    """
    number, unit = DIMENSIONS.index(dimension), 2 * STYLE_SPREAD
    return (
        float(liking[STYLE + number]) / unit,
        float(liking[SQUARE + number]) / unit**2,
    )


def _features(shares: Mapping[str, float], style: Mapping[str, float]) -> Floats:
    """Return one score's features: constant, presences, styles and their squares."""
    x = np.zeros(N_FEATURES)
    x[0] = 1.0
    for name, share in shares.items():
        if name in COLUMN:
            x[COLUMN[name]] = min(1.0, share / FULL_PRESENCE_SHARE)
    for i, name in enumerate(DIMENSIONS):
        value = min(2.0, max(-2.0, style.get(name, 0.0)))
        x[STYLE + i] = value / 2
        # Squares let a middle be liked best.
        x[SQUARE + i] = value**2 / 4
    return x
