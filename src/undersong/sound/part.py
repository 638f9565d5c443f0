"""What a block sees of a score: its layer, the weather, the journey, the harmony."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from undersong.compose.blocks import BLOCK_BY_NAME, Block, WeatherName
from undersong.compose.curve import Curve
from undersong.compose.playable import playable
from undersong.compose.score import Harmony, Layer, Score
from undersong.sound import chance
from undersong.sound.memo import Memo, by_identity
from undersong.sound.reads import heard_from
from undersong.units import SAMPLE_RATE

Indices = NDArray[np.int64]
Floats = NDArray[np.float64]

GUST_PERIOD = 20 * SAMPLE_RATE
ARC_PERIOD = 240 * SAMPLE_RATE
ARC = 1
"""Tells the chance of arcs from that of gusts."""

STILL = 0.5
"""Weather that neither lifts nor hushes anything."""


class Part:
    """One layer of a score as its block sees it.

    Parameters
    ----------
    score : Score
    number : int
        The layer's place in ``score.layers``.
    """

    def __init__(self, score: Score, number: int) -> None:
        layer = score.layers[number]
        self.score = score
        self.number = number
        self.layer: Layer = layer
        self.block: Block = BLOCK_BY_NAME[layer.block]
        self.memo = Memo()
        """What its block has worked out for some stretch of time."""

    @cached_property
    def seed(self) -> int:
        """The seed of all this layer's chance."""
        return chance.address(self.score.seed, self.layer.seed)

    @property
    def harmony(self) -> Harmony:
        """The chords that the tonal layers share."""
        return self.score.harmony

    def param(self, name: str, indices: Indices) -> Floats:
        """Return a parameter over time, events applied.

        Parameters
        ----------
        name : str
            Name of one of the block's parameters; KeyError if it has none such.
        indices : int64 array, shape (n,)
            Sample indices.

        Returns
        -------
        values : float64 array, shape (n,)
            Within the row's range; its default where the layer says nothing.
        """
        row = self.block.parameter(name)
        if name not in self.layer.params:
            return np.full(np.shape(indices), row.default)
        values = self._curve(f"params.{name}", self.layer.params[name], indices)
        return np.asarray(np.clip(values, row.low, row.high))

    def gain_db(self, indices: Indices) -> Floats:
        """Return the layer's gain over time in dB, events applied."""
        return self._curve("gain_db", self.layer.gain_db, indices)

    def journey(self, name: str, indices: Indices) -> Floats:
        """Return a journey curve (0..1) over time; 0.5 where the score has none."""
        if name not in self.score.journey:
            return np.full(np.shape(indices), 0.5)
        values = self.score.at(f"journey.{name}", np.asarray(indices))
        return np.asarray(np.clip(values, 0.0, 1.0))

    def weather(self, name: WeatherName, indices: Indices) -> Floats:
        """Return a weather curve, the same for every layer of the score.

        Parameters
        ----------
        name : str
            gust, shower, warmth, nearness or night.
        indices : int64 array, shape (n,)
            Sample indices.

        Returns
        -------
        values : float64 array, shape (n,)
            From 0 to 1, 0.5 on average: wanders within 20 s and within four minutes.
        """
        moved = self._moved(name, indices, GUST_PERIOD)
        moved += self._moved(name, indices, ARC_PERIOD, ARC)
        return np.clip(STILL + moved, 0.0, 1.0)

    def climate(self, name: WeatherName, indices: Indices) -> Floats:
        """Return that of `weather` which wanders within four minutes, without gusts."""
        moved = self._moved(name, indices, ARC_PERIOD, ARC)
        return np.clip(STILL + moved, 0.0, 1.0)

    def _moved(
        self, name: WeatherName, indices: Indices, period: int, *salt: int
    ) -> Floats:
        """Return how far the weather of one scale moves from the middle."""
        latent = self.score.weather.get(name)
        if latent is None or latent.depth == 0:
            return np.zeros(np.shape(indices))
        seed = chance.address(self.score.seed, latent.seed, *salt)
        # 1.1: the two scales together fill -1..1 nearly always; the rest is clipped.
        return 0.5 * latent.depth * 1.1 * chance.smooth(seed, indices, period)

    def ramp(
        self, points: NDArray[np.int64], curve: Callable[[Indices], Floats]
    ) -> NDArray[np.float32]:
        """Return the values of a gain curve at grid points, for a `Read`.

        `curve` is called with the sample indices that each point may know of, see
        `heard_from`.
        """
        return curve(heard_from(points)).astype(np.float32)

    def _curve(self, name: str, planned: Curve, indices: Indices) -> Floats:
        if not self.score.events and planned.is_constant:
            return np.full(np.shape(indices), planned.knots[0][1])
        return self.score.at(f"layers.{self.number}.{name}", np.asarray(indices))


@by_identity
def parts_of(score: Score) -> tuple[Part, ...]:
    """Return the parts of a score; the same ones again for the same score.

    Raises
    ------
    ParameterError
        If the score cannot be played.
    """
    playable(score)
    return tuple(Part(score, number) for number in range(len(score.layers)))
