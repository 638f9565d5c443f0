"""A time on the command line, in seconds, as a sample index."""

import math

import click

from undersong.units import seconds_to_samples

DAY_SECONDS = 24 * 60 * 60.0
"""No session is longer."""


class Seconds(click.ParamType[int]):
    """A number of seconds from the start of a session."""

    name = "seconds"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the sample index of a text, or refuse it."""
        try:
            seconds = float(str(value))
        except ValueError:
            seconds = math.nan
        if not 0 <= seconds <= DAY_SECONDS:
            self.fail(
                f"{str(value)[:40]!r} must be a number of seconds "
                f"from 0 to {DAY_SECONDS:g}.",
                param,
                ctx,
            )
        return seconds_to_samples(seconds)
