"""The terminal: one file a command, loaded when it is asked for.

Exit codes: 0, 2 for bad input, 1 for a failure; the reason is one sentence on
standard error.
"""

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module, metadata
from io import TextIOWrapper
from types import FrameType

import click

from undersong import errors

COMMANDS = (
    *("listen", "read", "compose", "render", "play", "why", "picture", "palette"),
    *("taste", "guide", "export", "erase", "bench"),
)
"""In the order help lists them; each is `undersong.cli.<name>.command`."""

BAD_INPUT = 2
FAILURE = 1
INTERRUPTED = 130

EXIT_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (errors.EncoderError, FAILURE),
    (errors.StoreUnavailableError, FAILURE),
    (errors.UndersongError, BAD_INPUT),
    (FileNotFoundError, BAD_INPUT),
    (FileExistsError, BAD_INPUT),
    (PermissionError, BAD_INPUT),
    (IsADirectoryError, BAD_INPUT),
    (NotADirectoryError, BAD_INPUT),
    (OSError, FAILURE),
)
"""The first row that fits decides."""


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"undersong.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)
@click.version_option(metadata.version("undersong"), prog_name="undersong")
def undersong() -> None:
    """Listen to how you sound, and compose a soundscape for calm, focus or sleep.

    An everyday wellbeing tool: not a medical device, and not therapy. The voice is read
    on this machine and dropped.
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; errors become one sentence."""
    try:
        code = undersong.main(
            args=list(arguments), prog_name="undersong", standalone_mode=False
        )
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return BAD_INPUT
    except click.UsageError as error:
        return _say(_usage(error), BAD_INPUT)
    except click.ClickException as error:
        return _say(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _say("stopped", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output left; that is its right.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return 0
    except (errors.UndersongError, OSError) as error:
        return _say(_sentence(error), _exit_code(error))
    except Exception as error:
        # The top: a person gets a sentence, a developer asks for the rest.
        if os.environ.get("UNDERSONG_DEBUG"):
            raise
        return _say(
            f"something failed that should not have ({type(error).__name__}: {error}); "
            "set UNDERSONG_DEBUG=1 to see where",
            FAILURE,
        )
    return code if isinstance(code, int) else 0


def _exit_code(error: BaseException) -> int:
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def _usage(error: click.UsageError) -> str:
    """Return what is wrong with the command's words, and where the right ones are."""
    told = " ".join(error.format_message().split()).rstrip(".")
    told = f"{told[:1].lower()}{told[1:]}"
    is_missing = isinstance(error, click.MissingParameter)
    says_the_rule = isinstance(error, click.BadParameter) and not is_missing
    if error.ctx is None or says_the_rule:
        return told
    return f"{told}; {error.ctx.command_path} --help says what works"


def _sentence(error: Exception) -> str:
    if not isinstance(error, OSError):
        return str(error)
    why = (error.strerror or str(error)).lower()
    return why if error.filename is None else f"{error.filename}: {why}"


def _say(sentence: str, code: int) -> int:
    say(sentence)
    return code


def say(sentence: str) -> None:
    """Print what went wrong, as every command says it."""
    click.echo(f"undersong: {sentence}", err=True)


def _leave(number: int, _: FrameType | None) -> None:
    """Leave as from any other place, so that nothing half-written stays."""
    sys.exit(128 + number)


def _end(_: int, __: FrameType | None) -> None:
    """End as by SIGTERM, which the server of `listen` ends gracefully by."""
    signal.raise_signal(signal.SIGTERM)


HANDLERS = ((signal.SIGTERM, _leave), (signal.SIGHUP, _end))
"""What a service manager sends, and a terminal that is closed."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    for number, handler in HANDLERS:
        # Not where `nohup` and its like have it ignored.
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, handler)
    for stream in (sys.stdout, sys.stderr):
        # A terminal without a sign for a dash or an umlaut still gets the rest.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))
