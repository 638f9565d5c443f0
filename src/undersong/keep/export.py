"""All that is kept about a person, as files that people and programs can read."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from undersong.keep.answers import Answer
from undersong.keep.readings import StoredReading
from undersong.keep.sessions import Session
from undersong.keep.store import Store

EVERYTHING = 10**9

README = """\
What Undersong keeps about you
==============================

Made on {when} (UTC). Everything here is plain text: CSV opens in any spreadsheet, JSON
in any editor. No recording of your voice is here, because none is kept.

listener.json    your settings, and the seed of your musical signature
sessions.csv     one line a session: when, what for, how long, what you said
sessions/        one score a session: all that its sound is made from. Any of them
                 plays again: undersong play sessions/NAME.json
answers.csv      what you answered after sessions: how you felt, what you liked
readings.csv     one line a recording that was read: the three signals
readings/        each of these readings in full, as numbers
notes.csv        lines you wrote for yourself
baselines/       what is usual for your voice: statistics of markers
tastes/          what you have liked, and which fitted where words and voice differed
trials/          your own trials

To have all of it forgotten: undersong erase --yes
"""


def export(store: Store, *, when: float) -> Iterator[tuple[str, str]]:
    """Yield each file's path within the folder, and its text."""
    yield "README.txt", README.format(when=_time(when))
    yield "listener.json", store.listeners.get().model_dump_json(indent=2) + "\n"
    sessions = store.sessions.recent(EVERYTHING)
    yield "sessions.csv", _table(map(_session_line, sessions), SESSION_COLUMNS)
    for session in sessions:
        yield (
            f"sessions/{_file_name(session.created_at, session.id)}.json",
            store.sessions.score(session.id).to_json() + "\n",
        )
    yield "answers.csv", _table(map(_answer_line, store.answers.all()), ANSWER_COLUMNS)
    readings = store.readings.recent(EVERYTHING)
    yield "readings.csv", _table(map(_reading_line, readings), READING_COLUMNS)
    for stored in readings:
        yield (
            f"readings/{_file_name(stored.created_at, stored.id)}.json",
            stored.reading.to_json() + "\n",
        )
    notes = ({"time": _time(n.created_at), "text": n.text} for n in store.notes.all())
    yield "notes.csv", _table(notes, ("time", "text"))
    for folder, documents in (
        ("baselines", store.baselines.all()),
        ("tastes", store.tastes.all()),
        ("trials", store.trials.all()),
    ):
        yield from _documents(folder, documents)


def zipped(store: Store, *, when: float) -> bytes:
    """Return the same as one zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in export(store, when=when):
            archive.writestr(f"undersong/{name}", text)
    return out.getvalue()


SIGNALS = ("stress", "fatigue", "energy")
SESSION_COLUMNS = (
    *("id", "time", "outcome", "minutes", "title", "favourite"),
    *(f"said_{name}" for name in SIGNALS),
    *("reading_id", "events"),
)
ANSWER_COLUMNS = (
    *("session_id", "time"),
    *(f"said_{name}" for name in SIGNALS),
    *("felt", "liked", "note"),
)
READING_COLUMNS = (
    *("id", "time", "device", "ok", "refusal"),
    *(f"{name}{part}" for name in SIGNALS for part in ("", "_low", "_high")),
)


def _session_line(session: Session) -> dict[str, object]:
    return {
        "id": session.id,
        "time": _time(session.created_at),
        "outcome": session.outcome,
        "minutes": session.minutes,
        "title": session.title,
        "favourite": "yes" if session.favourite else "no",
        **_said(session.said),
        "reading_id": session.reading_id or "",
        "events": session.event_count,
    }


def _answer_line(answer: Answer) -> dict[str, object]:
    return {
        "session_id": answer.session_id,
        "time": _time(answer.created_at),
        **_said(answer.said),
        "felt": answer.felt or "",
        "liked": "" if answer.liked is None else answer.liked,
        "note": answer.note,
    }


def _reading_line(stored: StoredReading) -> dict[str, object]:
    reading = stored.reading
    line: dict[str, object] = {
        "id": stored.id,
        "time": _time(stored.created_at),
        "device": stored.device,
        "ok": "yes" if reading.ok else "no",
        "refusal": reading.refusal.code if reading.refusal else "",
    }
    for name, signal in reading.signals.items():
        line |= {
            name: signal.value,
            f"{name}_low": signal.low,
            f"{name}_high": signal.high,
        }
    return line


def _said(said: Mapping[str, float] | None) -> dict[str, object]:
    return {f"said_{name}": (said or {}).get(name, "") for name in SIGNALS}


def _documents(folder: str, bodies: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for number, (name, body) in enumerate(sorted(bodies.items())):
        text = json.dumps({"name": name, "body": json.loads(body)}, indent=2)
        # A name may hold what no file name may.
        plain = "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-_"))
        yield f"{folder}/{number:03d}-{plain[:40]}.json", text + "\n"


def _table(lines: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _file_name(seconds: float, name: str) -> str:
    stamp = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d_%H%M%S")
    return f"{stamp}_{name}"
