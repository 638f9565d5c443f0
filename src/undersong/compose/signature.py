"""A person's sonic signature: made once from a seed, returning in every session.

Familiar music came second only to calm music in what people found relaxing (ID-01):
so the key, two motifs and a few favoured instruments stay the person's own while the
arrangement around them is new.
"""

import re

from pydantic import ValidationError

from undersong.compose.blocks import BLOCK_BY_NAME, BLOCKS
from undersong.compose.chance import generator
from undersong.compose.scales import SCALE_BY_NAME, SCALES, TUNINGS
from undersong.compose.score import Signature
from undersong.errors import ParameterError
from undersong.values import fault

LOWEST_TONIC, HIGHEST_TONIC = 36, 59
MOTIF_LENGTHS = (4, 5)
MOTIF_STEPS = (-2, -1, -1, 1, 1, 2)
"""Small steps: a motif is a colour, not a tune."""

MOTIF_RANGE = (-2, 6)
PALETTE_FAMILIES = ("water", "tone", "pluck", "air")
"""One favourite of each."""

NOTE_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


def signature_from(seed: int) -> Signature:
    """Return the signature that a seed gives.

    Parameters
    ----------
    seed : int
        Any whole number; equal seeds give equal signatures.

    Returns
    -------
    signature : Signature
        Tonic, scale, tuning, two motifs and four favoured blocks.
    """
    chance = generator(seed, "signature")
    scale = SCALES[int(chance.integers(len(SCALES)))]
    return Signature(
        tonic=int(chance.integers(LOWEST_TONIC, HIGHEST_TONIC + 1)),
        scale=scale.name,
        tuning=TUNINGS[int(chance.integers(len(TUNINGS)))],
        motifs=tuple(_motif(seed, i, length) for i, length in enumerate(MOTIF_LENGTHS)),
        palette=tuple(_favourite(seed, family) for family in PALETTE_FAMILIES),
    )


def _motif(seed: int, number: int, length: int) -> tuple[int, ...]:
    """Return a phrase that begins on a chord tone and wanders by small steps."""
    chance = generator(seed, "motif", number)
    low, high = MOTIF_RANGE
    degrees = [int(chance.choice((0, 2, 4)))]
    while len(degrees) < length:
        step = int(chance.choice(MOTIF_STEPS))
        following = degrees[-1] + step
        degrees.append(following if low <= following <= high else degrees[-1] - step)
    return tuple(degrees)


def _favourite(seed: int, family: str) -> str:
    """Return one block of a family, by how well it suits calm."""
    rows = [row for row in BLOCKS if row.family == family]
    weights = [row.suits.get("calm", 0.0) for row in rows]
    chance = generator(seed, "favourite", family)
    point = chance.random() * sum(weights)
    for row, weight in zip(rows, weights, strict=True):
        point -= weight
        if point < 0:
            return row.name
    return rows[-1].name


def to_text(signature: Signature) -> str:
    """Return a signature as one line to share, such as
    ``D2 dorian just; 0 1 2 0; 4 3 2 0 1; rain, warm_pad``.
    """  # noqa: D205
    octave, step = divmod(signature.tonic, 12)
    head = f"{NOTE_NAMES[step]}{octave - 1} {signature.scale} {signature.tuning}"
    motifs = [" ".join(str(d) for d in motif) for motif in signature.motifs]
    return "; ".join([head, *motifs, ", ".join(signature.palette)])


_HEAD = re.compile(r"([A-G]#?)(-?\d+)\s+(\w+)\s+(\w+)")


def from_text(text: str) -> Signature:
    """Return the signature that `to_text` wrote.

    Parameters
    ----------
    text : str
        Tonic, scale and tuning; motifs; favoured blocks; parted by semicolons.

    Returns
    -------
    signature : Signature
        The same as was written.

    Raises
    ------
    ParameterError
        Naming the part that does not fit and an example that would.
    """
    parts = [part.strip() for part in text.strip().split(";")]
    head = _HEAD.fullmatch(parts[0])
    if head is None or len(parts) < 3:
        raise ParameterError(
            f"signature {text!r} must look like "
            "'D2 dorian just; 0 1 2 0; 4 3 2 0 1; rain, warm_pad'"
        )
    name, octave, scale, tuning = head.groups()
    palette = tuple(word.strip() for word in parts[-1].split(",") if word.strip())
    tonic = 12 * (int(octave) + 1) + NOTE_NAMES.index(name)
    return checked_signature(tonic, scale, tuning, _motifs(parts[1:-1]), palette)


def _motifs(parts: list[str]) -> tuple[tuple[int, ...], ...]:
    try:
        return tuple(tuple(int(word) for word in part.split()) for part in parts)
    except ValueError as error:
        raise ParameterError(
            f"motifs {'; '.join(parts)!r} must be whole numbers such as 0 1 2 0"
        ) from error


def checked_signature(
    tonic: int,
    scale: str,
    tuning: str,
    motifs: tuple[tuple[int, ...], ...],
    palette: tuple[str, ...],
) -> Signature:
    """Return a signature a person has edited, or refuse what cannot sound.

    Raises
    ------
    ParameterError
        Naming everything that breaks its rule.
    """
    wrong: list[str] = []
    if not LOWEST_TONIC <= tonic <= HIGHEST_TONIC:
        wrong.append(f"tonic={tonic} must be from C2 (36) to B3 (59)")
    if scale not in SCALE_BY_NAME:
        wrong.append(f"scale={scale!r} must be one of {', '.join(SCALE_BY_NAME)}")
    if tuning not in TUNINGS:
        wrong.append(f"tuning={tuning!r} must be one of {', '.join(TUNINGS)}")
    if not motifs or not all(motifs):
        wrong.append("motifs must hold at least one phrase such as 0 1 2 0")
    unknown = [block for block in palette if block not in BLOCK_BY_NAME]
    if unknown:
        wrong.append(f"palette {', '.join(unknown)} is not among the blocks")
    if wrong:
        raise ParameterError("; ".join(wrong))
    fields = {
        **{"tonic": tonic, "scale": scale, "tuning": tuning},
        **{"motifs": motifs, "palette": palette},
    }
    try:
        return Signature.model_validate(fields)
    except ValidationError as error:
        where, why = fault(error)
        raise ParameterError(f"{where} does not fit: {why}") from error
