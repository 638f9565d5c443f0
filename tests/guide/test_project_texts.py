"""The wording check reads every kind of file, and only what people read in it."""

from pathlib import Path

import pytest

from undersong.guide.project import findings

CLAIM = "It cures insomnia."


def rules_in(tmp_path: Path, name: str, content: str) -> set[str]:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return {f"{where}:{finding.rule}" for where, finding in findings(tmp_path)}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("README.md", f"# Title\n\n- one\n- {CLAIM}\n"),
        ("CHANGELOG.md", f"## Added\n\nRain. **{CLAIM}**\n"),
        ("docs/a.md", f"| a | b |\n|---|---|\n| x | {CLAIM} |\n"),
        ("pyproject.toml", f'description = "{CLAIM}"\n'),
        ("src/a.py", f'"""{CLAIM}"""\n'),
        ("src/b.py", f'raise ValueError(f"{{x}} is wrong. {CLAIM}")\n'),
        (
            "src/c.html",
            f"<p>Rain.</p><p>It <em>cures</em> insomnia.</p>{{# {CLAIM} #}}",
        ),
        ("src/d.html", f'<p>{{{{ _("{CLAIM}") }}}}</p>'),
        ("src/e.html", f'<img alt="{CLAIM}">'),
        ("src/f.js", f'notice("{CLAIM}");\n'),
        ("src/g.js", f"// a comment\nnotice(`Rain. {CLAIM}`);\n"),
        ("src/h.yaml", f"rows:\n- say: {CLAIM}\n"),
        ("src/i.po", f'msgid "x"\nmsgstr ""\n"Regen. "\n"{CLAIM}"\n'),
        ("examples/j.py", f'print("{CLAIM}")\n'),
    ],
)
def test_a_claim_is_found_wherever_people_read(
    tmp_path: Path, name: str, content: str
) -> None:
    assert f"{name}:W01" in rules_in(tmp_path, name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("src/a.py", f"x = 1  # {CLAIM}\n"),
        ("src/b.html", f"{{# {CLAIM} #}}<script>'{CLAIM}'</script>"),
        ("src/c.js", f"// {CLAIM}\n/* {CLAIM} */\n"),
        ("docs/d.md", f"```text\n{CLAIM}\n```\n<!-- {CLAIM} -->\n"),
        ("src/e.yaml", "entries:\n- id: A\n  citation: {title: It cures insomnia}\n"),
        ("src/guide/wording.yaml", f"rules:\n- say: {CLAIM}\n"),
    ],
)
def test_what_nobody_reads_and_quoted_titles_are_left_alone(
    tmp_path: Path, name: str, content: str
) -> None:
    assert rules_in(tmp_path, name, content) == set()
