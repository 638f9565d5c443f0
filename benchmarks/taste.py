"""How fast a taste is learned: 200 synthetic people with hidden tastes.

Each person has a hidden liking of arrangements that the learner's model does not hold
exactly: weights of blocks, preferred brightness, density and liveliness with a curved
fall-off, likes and dislikes of pairs, and noise in every answer. Each listens to
sessions composed by the program with its novelty floor on, answers once after each,
and now and then mutes a layer or asks for more of one.

Regret of a session is how far it falls short of the best arrangement that the person
could have been given, found among many. It is compared with choosing by chance and
with the one arrangement that is best for these people on average.

`python -m benchmarks.taste calm` looks at one outcome alone.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from undersong.compose.arrangement import choose
from undersong.compose.blocks import BLOCKS
from undersong.compose.brief import Brief
from undersong.compose.candidates import Candidate, candidate
from undersong.compose.lessons import LESSON
from undersong.compose.novelty import RECENT, Portrait, distances
from undersong.compose.plans import DIMENSIONS
from undersong.compose.preference import style_of
from undersong.compose.score import OUTCOMES, Outcome
from undersong.compose.signature import signature_from
from undersong.compose.state import UNKNOWN
from undersong.compose.taste import Taste

SEEDS = (1, 2, 3, 4)
N_PEOPLE = 50
"""Drawn from each seed, 200 in all; the spread between seeds says how sure a figure is.
"""

N_SESSIONS = 20
LEARNED_AFTER = 15
N_BEST_OF = 400
"""Arrangements among which each person's best one is looked for."""

ANSWER_NOISE = 0.25
"""Standard deviation of an answer, on a scale from -1 to 1."""

MUTE_BELOW = -0.35
MORE_ABOVE = 0.45
NOTICES = 0.35
"""How often a person who much dislikes or likes a layer does something about it."""

MUTED, MORE = LESSON["mute"].says, LESSON["more"].says

BARS = {"chance": 0.35, "fixed": 0.60}


@dataclass(frozen=True)
class Person:
    """A hidden taste."""

    weights: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    centre: Mapping[str, float]
    narrowness: float

    @classmethod
    def drawn(cls, chance: np.random.Generator) -> "Person":
        """Return a person at random: a few strong likes, a few strong dislikes."""
        names = [row.name for row in BLOCKS]
        weights = {name: float(chance.laplace(0.05, 0.22)) for name in names}
        pairs = {
            (str(a), str(b)): float(chance.normal(0, 0.2))
            for a, b in (chance.choice(names, 2, replace=False) for _ in range(6))
        }
        centre = {name: float(chance.normal(0, 0.8)) for name in DIMENSIONS}
        return cls(weights, pairs, centre, float(chance.uniform(0.02, 0.12)))

    def liking(self, portrait: Portrait, outcome: Outcome) -> float:
        """Return how much an arrangement is liked, about -1 to 1."""
        presence = {n: min(1.0, s / 0.25) for n, s in portrait.shares.items()}
        total = sum(self.weights[n] * p for n, p in presence.items())
        total += sum(
            weight * presence.get(a, 0.0) * presence.get(b, 0.0)
            for (a, b), weight in self.pairs.items()
        )
        style = style_of(portrait, outcome)
        total -= sum(
            self.narrowness * (style[n] - self.centre[n]) ** 2 for n in DIMENSIONS
        )
        return float(np.tanh(total))


def brief_of(outcome: Outcome, seed: int, person: int, **known: object) -> Brief:
    """Return a brief for one session of one person."""
    return Brief(
        outcome=outcome,
        minutes=30.0,
        seed=seed,
        state=UNKNOWN,
        signature=signature_from(person),
        own_signature=True,
        **known,  # type: ignore[arg-type]
    )


def listened(
    person: Person, number: int, outcome: Outcome, *, learns: bool
) -> tuple[list[float], list[Portrait]]:
    """Return how much each session was liked, and the sessions."""
    chance = np.random.default_rng((number, 77))
    taste, recent, likings = Taste(), list[Portrait](), list[float]()
    for session in range(N_SESSIONS):
        brief = brief_of(
            outcome,
            1000 * number + session,
            number,
            taste=taste if learns else None,
            recent=tuple(recent[-RECENT:]),
        )
        portrait = choose(brief).candidate.portrait(brief)
        liking = person.liking(portrait, outcome)
        answer = float(np.clip(liking + ANSWER_NOISE * chance.standard_normal(), -1, 1))
        taste = taste.updated(portrait, outcome, answer)
        taste = _with_nudges(taste, person, portrait, outcome, chance)
        likings.append(liking)
        recent.append(portrait)
    return likings, recent


def _with_nudges(
    taste: Taste,
    person: Person,
    portrait: Portrait,
    outcome: Outcome,
    chance: np.random.Generator,
) -> Taste:
    for name in portrait.shares:
        weight = person.weights[name]
        if chance.random() > NOTICES:
            continue
        if weight < MUTE_BELOW:
            taste = taste.updated(portrait, outcome, MUTED, kind="mute", block=name)
        elif weight > MORE_ABOVE:
            taste = taste.updated(portrait, outcome, MORE, kind="more", block=name)
    return taste


def pool_of(outcome: Outcome, number: int, n: int) -> list[Portrait]:
    """Return many arrangements that a person could be given."""
    drawn: list[Portrait] = []
    for i in range(n):
        brief = brief_of(outcome, 10**9 + i // 50, number)
        found: Candidate = candidate(brief, i % 50)
        drawn.append(found.portrait(brief))
    return drawn


@dataclass(frozen=True)
class Regrets:
    """Regret of each person, and how varied their sessions were."""

    learned: np.ndarray
    """Shape (n_people, N_SESSIONS)."""
    chance: np.ndarray
    fixed: np.ndarray
    kinds: np.ndarray
    """Different sets of blocks in all sessions of a person."""
    nearest: np.ndarray
    """Least distance between two sessions of a person."""

    def shares(self, begin: int) -> tuple[float, float]:
        """Return the learner's regret from a session on, against the other two."""
        mine = float(np.mean(self.learned[:, begin:]))
        return mine / float(self.chance.mean()), mine / float(self.fixed.mean())

    def of_seed(self, number: int) -> "Regrets":
        """Return those of the people drawn from one seed."""
        span = slice(number * N_PEOPLE, (number + 1) * N_PEOPLE)
        return Regrets(*(getattr(self, field.name)[span] for field in fields(self)))


def regrets(outcome: Outcome) -> Regrets:
    """Return the regrets for one outcome, people of all seeds in a row."""
    people = [
        Person.drawn(chance)
        for seed in SEEDS
        for chance in [np.random.default_rng(seed)]
        for _ in range(N_PEOPLE)
    ]
    fixed = _best_on_average(people, outcome)
    return Regrets(
        *map(
            np.array,
            zip(
                *(
                    _of_person(person, number, fixed, outcome)
                    for number, person in enumerate(people)
                ),
                strict=True,
            ),
        )
    )


def _of_person(
    person: Person, number: int, fixed: Portrait, outcome: Outcome
) -> tuple[np.ndarray, float, float, float, float]:
    """Return one person's row of `Regrets`."""
    pool = pool_of(outcome, number, N_BEST_OF)
    likings = np.array([person.liking(p, outcome) for p in pool])
    heard, portraits = listened(person, number, outcome, learns=True)
    best = max(float(likings.max()), *heard)
    apart = distances(portraits, portraits) + 9 * np.eye(len(portraits))
    return (
        best - np.array(heard),
        best - float(likings.mean()),
        best - person.liking(fixed, outcome),
        float(len({frozenset(p.shares) for p in portraits})),
        float(apart.min()),
    )


def _best_on_average(people: Sequence[Person], outcome: Outcome) -> Portrait:
    """Return the one arrangement that these people like best together."""
    pool = pool_of(outcome, 0, N_BEST_OF)
    means = [np.mean([p.liking(x, outcome) for p in people]) for x in pool]
    return pool[int(np.argmax(means))]


def main() -> int:
    """Print the table; 1 if a bar is missed."""
    outcomes = [name for name in OUTCOMES if name in sys.argv[1:]] or OUTCOMES
    missed = False
    print(f"{len(SEEDS)} seeds, {N_PEOPLE} people each, {N_SESSIONS} sessions a person")
    print("regret as a share; in brackets the least and most of the seeds")
    heads = (f"of chance, from {LEARNED_AFTER}", "of best fixed", "of chance, all 20")
    print(f"{'':8}" + "".join(f"{head:>22}" for head in (*heads, "of best fixed")))
    for outcome in outcomes:
        found = regrets(outcome)
        shown = [
            _with_spread(found, begin, which)
            for begin in (LEARNED_AFTER, 0)
            for which in (0, 1)
        ]
        print(
            f"{outcome:8}"
            + "".join(f"{text:>22}" for text in shown)
            + f"  {found.kinds.mean():.1f} kinds, nearest {found.nearest.min():.2f}"
        )
        late = found.shares(LEARNED_AFTER)
        missed |= late[0] > BARS["chance"] or late[1] > BARS["fixed"]
    print(f"bars: {BARS['chance']:.0%} of chance, {BARS['fixed']:.0%} of best fixed")
    return int(missed)


def _with_spread(found: Regrets, begin: int, which: int) -> str:
    each = [found.of_seed(n).shares(begin)[which] for n in range(len(SEEDS))]
    whole = found.shares(begin)[which]
    return f"{whole:.1%} ({min(each):.0%}-{max(each):.0%})"


if __name__ == "__main__":
    sys.exit(main())
