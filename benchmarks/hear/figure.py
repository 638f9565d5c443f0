"""One measured figure beside its bar."""

from typing import TypedDict


class Figure(TypedDict):
    """One bar and what was measured."""

    name: str
    value: float
    unit: str
    bar: str


def figure(name: str, value: float, bar: str, unit: str = "") -> Figure:
    return Figure(name=name, value=float(value), unit=unit, bar=bar)
