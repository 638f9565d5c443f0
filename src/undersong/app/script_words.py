"""The words that the page's scripts say, handed to them with the page.

A script says ``say("Paused.")``; an English page needs to hand over nothing, as the
English is the key.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from undersong.app.catalogue import Catalogue
from undersong.hear.gates import GATES

STATIC = Path(__file__).parent / "static"

SAID = re.compile(r'\bsay\(\s*"((?:[^"\\]|\\.)*)"')


@lru_cache(maxsize=1)
def script_messages() -> tuple[str, ...]:
    """Return every template that a script says, in order."""
    scripts = [path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")]
    found = {one for text in scripts for one in SAID.findall(text)}
    # What the server answers a script in English is said by the script.
    return tuple(sorted(found | {gate.sentence for gate in GATES}))


def script_words(words: Catalogue) -> Mapping[str, str]:
    """Return what a language says for each template of the scripts."""
    return {
        text: words.messages[text]
        for text in script_messages()
        if text in words.messages
    }
