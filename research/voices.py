"""Fit `undersong.hear.voices`: one voice against two at once.

Run: python -m research.voices. Clips of LibriSpeech (8 s and more) and EMO-DB (six of
one speaker and feeling after each other), plain, in rooms and otherwise spoilt, against
pairs of LibriSpeech speakers mixed at 0 to -5 dB, in one room too. Prints the weights,
and how many clips of each kind would be refused, or said to be unsure, by weights
fitted without their fold.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from research.corpus import Take, takes
from research.logistic import fitted
from research.spoilt import SINGLE, Samples, in_room, together
from undersong.hear.clip import clip_of
from undersong.hear.gates import GATE
from undersong.hear.voices import LEAST_VOICED_FRAMES, measures

LEAST_SECONDS = 8.0
N_FOLDS = 5
N_SPOILT = 3
RIDGE = 0.004
REFUSED_SINGLE = 0.015
"""Share of single voices, spoilt or not, that may be refused; sets the offset."""

Example = tuple[str, bool, int, Samples]


def emodb_clips() -> Iterator[Samples]:
    """Yield six takes of one speaker and feeling after each other."""
    groups: dict[tuple[str, str], list[Take]] = defaultdict(list)
    for take in takes("emodb"):
        groups[take.speaker, take.emotion].append(take)
    for found in groups.values():
        if len(found) >= 6:
            yield np.concatenate([take.samples() for take in found[:6]])


def examples() -> Iterator[Example]:
    """Yield (kind, whether two voices, fold, samples)."""
    rng = np.random.default_rng(3)
    clips = [(take, take.samples(20.0)) for take in takes("librispeech_mini")]
    clips = [(t, s) for t, s in clips if len(s) >= LEAST_SECONDS * 16_000]
    for number, (take, voice) in enumerate(clips):
        fold = number % N_FOLDS
        ways = list(SINGLE)[1:]
        turned = [ways[(N_SPOILT * number + k) % len(ways)] for k in range(N_SPOILT)]
        for kind in ("clean", *turned):
            yield kind, False, fold, SINGLE[kind](voice, rng)
        others = [(t, s) for t, s in clips if t.speaker != take.speaker]
        for level_db in (0.0, -3.0 if number % 2 else -5.0):
            other, second = others[rng.integers(len(others))]
            pair = "same" if other.sex == take.sex else "different"
            mixed = together(voice, second, level_db)
            yield f"two {pair} {level_db:.0f} dB", True, fold, mixed
            if level_db == 0.0:
                spoilt = ways[number % len(ways)]
                yield f"two, {spoilt}", True, fold, SINGLE[spoilt](mixed, rng)
                apart = (in_room(each, rng, 0.4) for each in (voice, second))
                yield "two in one room", True, fold, together(*apart)
    for number, voice in enumerate(emodb_clips()):
        yield "emodb", False, number % N_FOLDS, voice
        yield "emodb, larger room", False, number % N_FOLDS, in_room(voice, rng, 0.5)


def main() -> None:
    """Fit, and print the table."""
    rows, kinds, labels, folds = [], [], [], []
    for kind, is_two, fold, samples in examples():
        clip = clip_of(samples)
        if np.count_nonzero(clip.pitch.voiced) < LEAST_VOICED_FRAMES:
            continue
        rows.append(measures(clip.frames, clip.pitch, clip.speech))
        kinds.append(kind)
        labels.append(is_two)
        folds.append(fold)
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    kind, is_two, fold = np.array(kinds), np.array(labels), np.array(folds)
    single = table[~is_two]
    centre, spread = single.mean(axis=0), single.std(axis=0)
    z = np.clip((table - centre) / spread, -5.0, 5.0)
    weights = np.where(is_two, 0.5 / is_two.mean(), 0.5 / (~is_two).mean())
    score = np.zeros(len(z))
    for left_out in range(N_FOLDS):
        test = fold == left_out
        found = fitted(z[~test], is_two[~test], weights[~test], ridge=RIDGE)
        score[test] = z[test] @ found[:-1]
    limit = float(np.quantile(score[~is_two], 1.0 - REFUSED_SINGLE))
    unsure = limit + GATE["more_than_one_voice"].full
    for each in sorted(set(kinds)):
        heard = score[kind == each]
        print(
            f"# {each}: {np.mean(heard > limit):.3f} of {len(heard)} refused, "
            f"{np.mean((heard > unsure) & (heard <= limit)):.3f} unsure"
        )
    found = fitted(z, is_two, weights, ridge=RIDGE)
    for name, mean, sd, weight in zip(names, centre, spread, found, strict=False):
        print(f'    "{name}": ({mean:.4g}, {sd:.4g}, {weight:.4g}),')
    # The limit of the left-out folds: that of the fit itself would be too tight.
    print(f"OFFSET = {-limit:.4g}")


if __name__ == "__main__":
    main()
