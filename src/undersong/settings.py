"""Every setting as one row: name, type, default, unit, range, help.

A value comes from the command line, else from the environment variable
``UNDERSONG_`` + NAME, else from the row. docs/settings.md is made from this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from undersong.errors import ParameterError

Scalar = str | int | float


@dataclass(frozen=True, slots=True)
class Setting:
    """One row; `low` and `high` bound numbers, both ends included."""

    name: str
    default: Scalar
    help: str
    unit: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"UNDERSONG_{self.name.upper()}"

    def parse(self, text: str, called: str | None = None) -> Scalar:
        """Return the value of a text; `called` is what the person knows it by.

        Raises
        ------
        ParameterError
            If the text is not of the row's type or outside its range.
        """
        kind = type(self.default)
        called = called or self.variable
        try:
            value = kind(text)
        except ValueError as error:
            raise ParameterError(
                f"{called}={text!r} must be a {NUMBER_WORDS[kind]}, "
                f"such as {self.default}"
            ) from error
        self._check_range(value, called)
        return value

    def _check_range(self, value: Scalar, called: str) -> None:
        if isinstance(value, str) or self.low is None or self.high is None:
            return
        if not self.low <= value <= self.high:
            raise ParameterError(
                f"{called}={value} must be from {self.low:g} to {self.high:g} "
                f"{self.unit}".rstrip()
            )


NUMBER_WORDS: Mapping[type, str] = {int: "whole number", float: "number", str: "text"}

SETTINGS: tuple[Setting, ...] = (
    Setting("host", "127.0.0.1", "address the app listens on; loopback only"),
    Setting("port", 8080, "port the app listens on", low=1, high=65_535),
    Setting("data", "", "folder for what is kept; empty: the system's own place"),
    Setting("database_url", "", "PostgreSQL instead of a file in the data folder"),
    Setting("cache", "", "folder for sound tables; empty: the system's cache place"),
    Setting(
        *("prepare", 1, "whether sounds are prepared at the start; 0: when wanted"),
        low=0,
        high=1,
    ),
    Setting("cache_limit_mb", 512, "size of that cache", unit="MB", low=0, high=65_536),
    Setting("upload_limit_mb", 64, "largest recording", unit="MB", low=1, high=2_048),
    Setting("read_limit_seconds", 60, "how much is read", unit="s", low=20, high=600),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force, by name."""

    values: Mapping[str, Scalar]

    def text(self, name: str) -> str:
        """Return a text setting."""
        return _of_type(self.values[name], str)

    def whole(self, name: str) -> int:
        """Return a whole-number setting."""
        return _of_type(self.values[name], int)


Kind = TypeVar("Kind")


def _of_type(value: object, kind: type[Kind]) -> Kind:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not a {kind.__name__}")
    return value


def settings_from(
    environment: Mapping[str, str], options: Mapping[str, str | None] | None = None
) -> Settings:
    """Return the settings in force.

    Parameters
    ----------
    environment : mapping of str to str
        Variables by name; those that are not ours are not looked at.
    options : mapping of str to str or None, optional
        What the command line says, by name of the setting; it wins. None and "" leave
        the setting to the environment.

    Raises
    ------
    ParameterError
        Naming every variable and option that breaks its row's rule, all at once.
    """
    values: dict[str, Scalar] = {}
    wrong: list[str] = []
    for row in SETTINGS:
        option = (options or {}).get(row.name)
        text = option or environment.get(row.variable)
        called = f"--{row.name}" if option else row.variable
        try:
            values[row.name] = row.parse(text, called) if text else row.default
        except ParameterError as error:
            wrong.append(str(error))
    if wrong:
        raise ParameterError("; ".join(wrong))
    return Settings(values)
