"""Every error the program raises on purpose, by what the caller can do about it.

Each message is one sentence that names the thing, the value, the rule and what
would work. Faces turn them into exit codes and HTTP problems from one table each.
"""


class UndersongError(Exception):
    """Base of all errors raised on purpose."""


class ParameterError(UndersongError, ValueError):
    """A value is outside its rule; give another."""


class AudioFormatError(UndersongError):
    """Bytes could not be read as audio; give another file."""


class EncoderError(UndersongError):
    """Samples could not be written in the wanted format; choose another."""


class NotFoundError(UndersongError):
    """No such session, reading or file; check the name."""


class ConflictError(UndersongError):
    """The thing exists but is not in a state that allows this; look again."""


class StoreUnavailableError(UndersongError):
    """What is kept cannot be reached or written; check the disk or database."""
