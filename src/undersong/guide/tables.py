"""The room's tables: YAML files in this folder, each checked by its own schema."""

from collections.abc import Mapping
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


def filled(value: Any, words: Mapping[str, str]) -> Any:
    """Return a table's value with each {name} in its texts replaced by its words."""
    if isinstance(value, str):
        while names := [name for name in words if f"{{{name}}}" in value]:
            for name in names:
                value = value.replace(f"{{{name}}}", words[name])
        return value
    if isinstance(value, list):
        return [filled(inner, words) for inner in value]
    if isinstance(value, dict):
        return {name: filled(inner, words) for name, inner in value.items()}
    return value
