"""The room's tables: YAML files in this folder, each checked by its own schema."""

from importlib.resources import files
from typing import Any

import yaml

# The C loader reads the register about ten times faster where it was built.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def table(name: str) -> Any:
    """Return the content of ``NAME.yaml``, not yet checked."""
    return parsed(files("undersong.guide").joinpath(f"{name}.yaml").read_text("utf-8"))


def parsed(text: str) -> Any:
    """Return the content of a YAML text."""
    return yaml.load(text, Loader=_Loader)
