"""The options that say which score is meant: a file, or what to compose.

`compose`, `render` and `play` share them: decorate a command with `score_options` and
it is handed one `ScoreOptions`, which `score_from` turns into a score.
"""

import codecs
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.brief import DAWN_BLOCKS, Dawn
from undersong.compose.chance import SEED_BITS
from undersong.compose.composer import DEFAULT_MINUTES, compose
from undersong.compose.playable import playable
from undersong.compose.presets import PRESET_BY_NAME
from undersong.compose.recipes import Recipe, from_recipe
from undersong.compose.score import OUTCOMES, Score, Shape
from undersong.errors import AudioFormatError, NotFoundError, ParameterError
from undersong.hear.reading import Reading
from undersong.stream.reading import read_file

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """What the command line says about the score."""

    score_file: Path | None = None
    outcome: str | None = None
    voice: Path | None = None
    stress: float | None = None
    fatigue: float | None = None
    energy: float | None = None
    minutes: float | None = None
    seed: int | None = None
    shape: Shape | None = None
    never: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    dawn_minutes: float | None = None
    dawn_block: str = DAWN_BLOCKS[0]
    recipe: str | None = None

    @property
    def given(self) -> frozenset[str]:
        """The names of the fields that were given."""
        return frozenset(
            field.name
            for field in fields(self)
            if getattr(self, field.name) != field.default
        )

    @property
    def said(self) -> dict[str, float]:
        """What the person says of themselves, 0..10 each."""
        told = {"stress": self.stress, "fatigue": self.fatigue, "energy": self.energy}
        return {name: value for name, value in told.items() if value is not None}


FLAGS = {"outcome": "--for", "wanted": "--with", "dawn_minutes": "--dawn-after"}
"""What a field is called on the command line, where it is not the field's own name."""

Command = Callable[..., Result]


def _said(name: str, label: str) -> Callable[[Command[Result]], Command[Result]]:
    help_text = f"Your {label}, as you feel it; it wins over the voice."
    return click.option(f"--{name}", type=float, metavar="0-10", help=help_text)


BLOCK = click.Choice(list(BLOCK_BY_NAME))

OPTIONS = (
    click.option(
        "--for", "outcome", type=click.Choice(OUTCOMES), help="What it is for."
    ),
    click.option(
        "--voice",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="A recording of your voice; it is read here and dropped.",
    ),
    _said("stress", "tension"),
    _said("fatigue", "tiredness"),
    _said("energy", "energy"),
    click.option(
        "--minutes",
        type=float,
        metavar="M",
        help="Length, 30 unless said; sleep beyond 90 minutes plays all night.",
    ),
    click.option("--seed", type=int, metavar="N", help="Fixes all chance."),
    click.option(
        "--shape",
        type=click.Choice(["meet", "settle"]),
        help="Begin near where you are, or at the target.",
    ),
    click.option(
        "--with",
        "wanted",
        type=BLOCK,
        multiple=True,
        metavar="BLOCK",
        help="Must play; the names are in `undersong palette`.",
    ),
    click.option(
        "--never", type=BLOCK, multiple=True, metavar="BLOCK", help="Must not play."
    ),
    click.option(
        "--recipe",
        metavar="RECIPE",
        help="Instead of --for: a preset's name, a recipe's file, or its link text.",
    ),
    click.option(
        "--dawn-after",
        "dawn_minutes",
        type=float,
        metavar="M",
        help="With sleep: a dawn swells this many minutes from the start.",
    ),
    click.option(
        "--dawn-with",
        "dawn_block",
        type=click.Choice(DAWN_BLOCKS),
        default=DAWN_BLOCKS[0],
        help="What swells at dawn, birds unless said.",
    ),
)


def score_options(function: Command[Result]) -> Command[Result]:
    """Give a command the options of a score, as one argument named `options`."""
    names = [field.name for field in fields(ScoreOptions)]

    @wraps(function)
    def gathered(**given: Any) -> Result:
        mine = {name: given.pop(name) for name in names if name in given}
        return function(options=ScoreOptions(**mine), **given)

    decorated: Command[Result] = gathered
    for option in reversed(OPTIONS):
        decorated = option(decorated)
    return decorated


score_argument = click.argument(
    "score_file", required=False, type=click.Path(path_type=Path), metavar="[SCORE]"
)
"""The score as a file, for commands that take one instead of `--for`."""


def score_from(options: ScoreOptions) -> Score:
    """Return the score that the options mean.

    Raises
    ------
    ParameterError
        If there is neither a file nor an outcome, if two do not go together, or if a
        value is outside its rule.
    NotFoundError
        If the file is not there.
    AudioFormatError
        If the voice could not be read.
    """
    if options.score_file is not None:
        _check_alone("a score's file", "is complete", options.given - {"score_file"})
        return score_file(options.score_file)
    seed = secrets.randbits(SEED_BITS) if options.seed is None else options.seed
    if options.recipe is not None:
        return _from_recipe(options, seed)
    if options.outcome is None:
        raise ParameterError("say what it is for, with --for calm, focus or sleep")
    dawn = options.dawn_minutes
    return compose(
        options.outcome,
        seed=seed,
        reading=_reading(options.voice),
        said=options.said,
        minutes=DEFAULT_MINUTES if options.minutes is None else options.minutes,
        never=options.never,
        wanted=options.wanted,
        journey_shape=options.shape,
        dawn=None if dawn is None else Dawn(block=options.dawn_block, at_minutes=dawn),
    )


BESIDE_A_RECIPE = frozenset(
    {"recipe", "voice", "stress", "fatigue", "energy", "minutes", "seed", "shape"}
)
"""Fields of `ScoreOptions` that a recipe leaves open."""


def _check_alone(what: str, why: str, others: Collection[str]) -> None:
    if others:
        flags = ", ".join(sorted(FLAGS.get(name, f"--{name}") for name in others))
        raise ParameterError(f"{what} {why}: give it without {flags}, or leave it out")


def _from_recipe(options: ScoreOptions, seed: int) -> Score:
    others = options.given - BESIDE_A_RECIPE
    _check_alone("--recipe", "brings its own outcome and layers", others)
    return from_recipe(
        recipe_named(options.recipe or ""),
        seed=seed,
        reading=_reading(options.voice),
        said=options.said,
        minutes=options.minutes,
        journey_shape=options.shape,
    )


def recipe_named(text: str) -> Recipe:
    """Return a preset by name, else a recipe from a file or from a link's text.

    Raises
    ------
    ParameterError
        If it is none of these.
    """
    if text in PRESET_BY_NAME:
        return PRESET_BY_NAME[text]
    path = Path(text)
    if path.suffix:
        return parsed_file(path, Recipe.from_json)
    try:
        return Recipe.from_fragment(text)
    except ParameterError as error:
        raise ParameterError(
            f"--recipe {text!r} is no file such as my.json, no link and none of the "
            f"presets {', '.join(PRESET_BY_NAME)}"
        ) from error


def parsed_file(path: Path, parse: Callable[[bytes], Result]) -> Result:
    """Return what a file holds; what is wrong with it is said with its name."""
    if path.is_dir():
        raise ParameterError(f"{path} is a folder; name a file in it")
    if not path.is_file():
        raise NotFoundError(f"there is no file {path}; check the name")
    try:
        # Some editors begin a file with a mark of its encoding.
        return parse(path.read_bytes().removeprefix(codecs.BOM_UTF8))
    except ParameterError as error:
        raise ParameterError(f"{path}: {error}") from error


def score_file(path: Path) -> Score:
    """Return the score in a file.

    Raises
    ------
    NotFoundError
        If there is no such file.
    ParameterError
        If it holds no score, one of a newer version, or one that cannot be played.
    """
    return parsed_file(path, lambda text: playable(Score.from_json(text)))


def _reading(voice: Path | None) -> Reading | None:
    if voice is None:
        return None
    reading = read_file(voice)
    if reading.refusal is not None:
        raise AudioFormatError(
            f"{voice}: {reading.refusal.sentence} Without --voice it works too"
        )
    return reading
