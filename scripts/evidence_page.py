"""docs/evidence.md: the evidence register as a document."""

from undersong.guide import evidence, features

HEAD = """# Evidence

Made by `make docs` from `src/undersong/guide/evidence.yaml`. The app shows the same
register at `/guide/evidence`, the terminal with `undersong guide evidence`. A test
fails when an entry is missing, unused or past its check.

## The strength words
"""


def evidence_page() -> str:
    """Return the register: strength words, then the entries by topic."""
    register = evidence.load()
    scale = [f"- **{word}**: {meaning}" for word, meaning in register.scale.items()]
    parts = [HEAD, "\n".join(scale)]
    for topic, entries in register.topics().items():
        parts.append(f"\n## {topic.capitalize()}\n")
        parts += [_entry(entry) for entry in entries]
    by_ear = [f"- {row.label}" for row in features.load() if row.rests_on == "ear"]
    parts.append("\n## Chosen by ear\n\nThese rest on no finding.\n")
    return "\n".join([*parts, *by_ear]) + "\n"


def _entry(entry: evidence.Entry) -> str:
    cited = entry.citation
    venue = f" {cited.venue}." if cited.venue else ""
    addresses = "".join(f" <{address}>" for address in cited.addresses)
    labels = "; ".join(row.label for row in features.resting_on(entry.id))
    flag = f" {entry.flag}" if entry.flag else ""
    return (
        f"### {entry.id} ({entry.strength})\n\n"
        f"{entry.statement.removesuffix('.')} [{entry.id}].\n\n"
        f"- Supports here: {entry.supports}\n"
        f"- Where it stops: {entry.limits}\n"
        f"- Rests on it: {labels}\n"
        f"- Source: {cited.authors} ({cited.year}). {cited.title}.{venue}{addresses}\n"
        f"- Last checked {entry.last_checked}.{flag}\n"
    )
