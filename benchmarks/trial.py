"""How often a trial finds a difference that is there, and one that is not.

Simulated people are about 3.5 of 10 before a session and drift four tenths of the way
back to 6 by themselves, whatever plays; answers are whole taps with a spread of 1.5.
"""

import sys

import numpy as np

from undersong.trial.design import begun
from undersong.trial.result import Trial, result_of

N_TRIALS = 1500
CASES = ((0.0, 12), (0.0, 16), (0.0, 24), (1.0, 16), (2.0, 16), (2.0, 24))
"""Points that side a really adds, and planned sessions."""

MOST_FALSE = 0.10


def simulated(chance: np.random.Generator, effect: float, n: int, seed: int) -> Trial:
    """Return one person's complete trial."""
    trial = Trial(design=begun("shape", "calm", seed=seed, planned_sessions=n))
    while not trial.complete:
        before = float(np.clip(np.round(chance.normal(3.5, 1.5)), 0, 10))
        helped = effect if trial.next_arm == "a" else 0.0
        after = before + 0.4 * (6.0 - before) + helped + chance.normal(0, 1.5)
        trial = trial.with_session(before, float(np.clip(np.round(after), 0, 10)))
    return trial


def main() -> int:
    """Print the table; 1 if a difference that is not there is told too often."""
    chance = np.random.default_rng(8)
    failed = False
    print(f"{N_TRIALS} trials each; verdict for a, for b, no difference")
    for effect, n in CASES:
        verdicts = [
            result_of(simulated(chance, effect, n, seed)).verdict
            for seed in range(N_TRIALS)
        ]
        shares = [verdicts.count(v) / N_TRIALS for v in ("a", "b", "no_difference")]
        print(
            f"effect {effect:3.1f}, {n} sessions: "
            + "  ".join(f"{share:6.1%}" for share in shares)
        )
        failed |= effect == 0 and max(shares[:2]) > MOST_FALSE
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
