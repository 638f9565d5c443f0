"""Recipes: a score or a preset as a small file or a link, without any voice data.

A recipe keeps what was arranged (blocks, balance, settings of their own, key, motifs,
seed) and leaves out what was heard, said or done: whoever opens it gets the same
arrangement, with a journey composed for them.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, ValidationError

from undersong.compose.arrangement import Choice
from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.brief import Brief, checked_blocks, checked_minutes
from undersong.compose.candidates import SET_LEAN, Candidate, balanced, candidate
from undersong.compose.chance import generator
from undersong.compose.composer import composed
from undersong.compose.harmony import Key
from undersong.compose.mapping import centre_of, row_of
from undersong.compose.novelty import arrival_of, portrait_of
from undersong.compose.scales import scale_named
from undersong.compose.score import (
    SILENT_DB,
    Outcome,
    Score,
    Shape,
    Signature,
    Tonic,
)
from undersong.compose.signature import signature_from
from undersong.compose.state import Said, state_of
from undersong.errors import ParameterError
from undersong.hear.reading import Reading
from undersong.phrases import phrase
from undersong.values import Value, fault

LARGEST_RECIPE = 32_768
"""Bytes of a recipe's JSON; a link that unpacks to more is refused."""


class Recipe(Value):
    """An arrangement to compose from."""

    version: Literal[1] = 1
    name: str = ""
    title: str = Field(default="", max_length=80)
    help: str = Field(default="", max_length=200)
    outcome: Outcome
    minutes: float = 30.0
    seed: int | None = None
    """None: another one each time."""
    gains_db: Mapping[str, float] = Field(min_length=1, max_length=8)
    """Block name to loudness relative to the others, dB."""
    units: Mapping[str, float] = Field(default_factory=dict, max_length=64)
    """``block.parameter`` to a place in its range, 0..1, where it is fixed."""
    signature: Signature | None = None
    key: tuple[Tonic, str] | None = None
    """Tonic and scale; None: by chance near the signature's."""

    def to_json(self) -> str:
        """Return the recipe as a small JSON text."""
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Recipe":
        """Return the recipe that `to_json` wrote.

        Raises
        ------
        ParameterError
            If the text is too long, no recipe, or names what is not there.
        """
        if len(text) > LARGEST_RECIPE:
            raise ParameterError(
                phrase(
                    "the recipe has {size} bytes; at most {most} are read",
                    size=len(text),
                    most=LARGEST_RECIPE,
                )
            )
        try:
            recipe = cls.model_validate_json(text)
        except ValidationError as error:
            where, why = fault(error)
            raise ParameterError(
                phrase(
                    "the recipe's {where} does not fit: {why}",
                    where=where or "text",
                    why=why,
                )
            ) from error
        return checked(recipe)

    def to_fragment(self) -> str:
        """Return the recipe as text for the part of a link after ``#``."""
        packed = zlib.compress(self.to_json().encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    @classmethod
    def from_fragment(cls, fragment: str) -> "Recipe":
        """Return the recipe that `to_fragment` wrote.

        Raises
        ------
        ParameterError
            If the text is no recipe.
        """
        padded = fragment.strip().lstrip("#") + "=" * (-len(fragment.strip("#")) % 4)
        try:
            unpacker = zlib.decompressobj()
            text = unpacker.decompress(
                base64.b64decode(padded, altchars=b"-_", validate=True),
                LARGEST_RECIPE + 1,
            )
        except (binascii.Error, ValueError, zlib.error) as error:
            raise ParameterError(
                phrase("the link holds no recipe; copy it whole, from its # to its end")
            ) from error
        return cls.from_json(text)


def checked(recipe: Recipe) -> Recipe:
    """Return the recipe, or refuse names and values that cannot be composed.

    Raises
    ------
    ParameterError
        Naming what does not fit.
    """
    checked_minutes(recipe.minutes)
    checked_blocks("recipe", tuple(recipe.gains_db))
    known = {
        f"{name}.{row.name}"
        for name in recipe.gains_db
        for row in BLOCK_BY_NAME[name].parameters
    }
    for name, unit in recipe.units.items():
        if name not in known:
            raise ParameterError(
                f"the recipe sets {name!r}, which is no parameter of its blocks; "
                f"use any of {', '.join(sorted(known))}"
            )
        if not 0 <= unit <= 1:
            raise ParameterError(
                phrase(
                    "the recipe's {name}={unit:g} must be from 0 to 1",
                    name=name,
                    unit=unit,
                )
            )
    for name, gain in recipe.gains_db.items():
        if not SILENT_DB < gain <= 0:
            raise ParameterError(
                phrase(
                    "the recipe's gain of {name}, {gain:g} dB, must be above "
                    "{least:g} and at most 0",
                    name=name,
                    gain=gain,
                    least=SILENT_DB,
                )
            )
    if recipe.key is not None:
        scale_named(recipe.key[1])
    return recipe


def recipe_of(score: Score, title: str = "") -> Recipe:
    """Return the recipe of a score: its arrangement, nothing of the person's state.

    Parameters
    ----------
    score : Score
        As composed; its events are left out.
    title : str
        What to call it.

    Returns
    -------
    recipe : Recipe
        Settings that listen to the journey are left to whoever opens it.
    """
    portrait = portrait_of(score)
    own = {
        name: round(unit, 4)
        for name, unit in portrait.units.items()
        if not row_of(name.split(".")[1]).weights
    }
    arrival = arrival_of(score)
    gains = {layer.block: layer.gain_db.value(arrival) for layer in score.layers}
    return Recipe(
        title=title,
        outcome=score.outcome,
        minutes=score.minutes,
        seed=score.seed,
        gains_db={n: round(min(g, 0.0), 2) for n, g in gains.items() if g > SILENT_DB},
        units=own,
        signature=score.signature,
        key=(score.harmony.tonic, score.harmony.scale),
    )


def from_recipe(  # noqa: PLR0913 - the wishes a recipe leaves open
    recipe: Recipe,
    *,
    seed: int,
    reading: Reading | None = None,
    said: Said | None = None,
    signature: Signature | None = None,
    minutes: float | None = None,
    journey_shape: Shape | None = None,
    voice_weight: float = 1.0,
) -> Score:
    """Return a score with a recipe's arrangement.

    Parameters
    ----------
    recipe : Recipe
        What to arrange.
    seed : int
        Used where the recipe has none.
    reading, said, journey_shape, voice_weight
        As for `compose`.
    signature : Signature or None
        Used where the recipe has none.
    minutes : float or None
        None: as the recipe has it.

    Returns
    -------
    score : Score
        With a reason for every field.

    Raises
    ------
    ParameterError
        If a value is outside its rule.
    """
    checked(recipe)
    used = seed if recipe.seed is None else recipe.seed
    own = recipe.signature or signature
    brief = Brief(
        outcome=recipe.outcome,
        minutes=checked_minutes(recipe.minutes if minutes is None else minutes),
        seed=used,
        state=state_of(reading, said, voice_weight=voice_weight),
        signature=own or signature_from(used),
        own_signature=own is not None,
        wanted=tuple(recipe.gains_db),
        asked_shape=journey_shape,
    )
    return composed(brief, _choice(brief, recipe), reading)


def _choice(brief: Brief, recipe: Recipe) -> Choice:
    drawn = candidate(brief, 0)
    set_leans = {
        path: SET_LEAN * float(generator(brief.seed, path).uniform(-1, 1))
        for name in recipe.gains_db
        for row in BLOCK_BY_NAME[name].parameters
        for path in [f"{name}.{row.name}"]
    }
    for path, unit in recipe.units.items():
        block, _, name = path.partition(".")
        row = BLOCK_BY_NAME[block].parameter(name)
        set_leans[path] = unit - centre_of(row, brief.plan)
    fixed = Candidate(
        gains_db=balanced(recipe.gains_db),
        leans=drawn.leans,
        set_leans=set_leans,
        key=drawn.key if recipe.key is None else Key(*recipe.key),
    )
    return Choice(
        candidate=fixed,
        novelty=None,
        n_allowed=1,
        n_candidates=1,
        best_liked=None,
    )
