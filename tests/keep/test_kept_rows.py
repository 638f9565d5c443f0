"""Listeners, readings, answers, notes and documents in the store."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from clocks import Clock
from scores import small_score

from undersong.errors import ConflictError, NotFoundError
from undersong.hear.reading import Quality, Reading, Refusal
from undersong.keep.store import Store

READING = Reading(
    ok=False,
    refusal=Refusal(code="too_quiet", sentence="It is too quiet; come closer."),
    quality=Quality(duration_seconds=4.0),
)


def test_listener_is_made_once(store: Store) -> None:
    assert store.listeners.get() == store.listeners.get()


def test_settings_merge_and_none_takes_one_away(store: Store) -> None:
    store.listeners.set_settings({"theme": "dark", "never": ["birds"]})
    kept = store.listeners.set_settings({"theme": None})
    assert kept.settings == {"never": ["birds"]}
    assert store.listeners.get().settings == {"never": ["birds"]}


def test_consent_and_signature_are_kept(store: Store) -> None:
    store.listeners.set_consent(2)
    store.listeners.set_signature_seed(2**47)
    listener = store.listeners.get()
    assert (listener.consent_version, listener.signature_seed) == (2, 2**47)


def test_reading_comes_back_equal(store: Store, clock: Clock) -> None:
    stored = store.readings.add(READING, device="headset")
    assert store.readings.get(stored.id) == stored
    assert stored.reading == READING
    assert stored.created_at == clock.seconds


def test_newest_reading_comes_first(store: Store, clock: Clock) -> None:
    first = store.readings.add(READING, device="a")
    clock.seconds += 1
    second = store.readings.add(READING, device="a")
    assert [r.id for r in store.readings.recent()] == [second.id, first.id]
    assert store.readings.recent(since=first.created_at, before=clock()) == [first]


def test_forgotten_reading_leaves_its_session(store: Store) -> None:
    stored = store.readings.add(READING, device="a")
    session = store.sessions.add(small_score(), reading_id=stored.id)
    store.readings.delete(stored.id)
    assert store.sessions.get(session.id).reading_id is None
    with pytest.raises(NotFoundError, match=stored.id):
        store.readings.get(stored.id)


def test_answer_is_kept_with_its_session(store: Store) -> None:
    session = store.sessions.add(small_score())
    answer = store.answers.add(session.id, said={"energy": 4.0}, liked=-0.5, note="ok")
    assert store.answers.of(session.id) == [answer]
    assert (answer.said, answer.liked, answer.note) == ({"energy": 4.0}, -0.5, "ok")


def test_session_cannot_belong_to_a_reading_that_is_gone(store: Store) -> None:
    with pytest.raises(ConflictError, match="look again"):
        store.sessions.add(small_score(), reading_id="gone")
    assert store.sessions.count() == 0


def test_answer_needs_a_session(store: Store) -> None:
    with pytest.raises(NotFoundError, match="'nope'"):
        store.answers.add("nope")


def test_notes_are_kept_in_order(store: Store, clock: Clock) -> None:
    first = store.notes.add("slept well")
    clock.seconds += 1
    second = store.notes.add("größer: 日本")
    assert store.notes.all() == [first, second]
    store.notes.delete(first.id)
    assert store.notes.all() == [second]


@pytest.mark.parametrize("shelf", ["baselines", "tastes", "trials"])
def test_document_is_kept_by_name(store: Store, shelf: str) -> None:
    documents = getattr(store, shelf)
    assert documents.get("a") is None
    documents.put("b", "2")
    documents.put("a", "1")
    documents.put("a", "3")
    assert documents.all() == {"a": "3", "b": "2"}
    documents.delete("a")
    documents.delete("a")
    assert documents.all() == {"b": "2"}


def test_updates_from_many_threads_are_all_counted(store: Store) -> None:
    store.baselines.put("count", "0")
    with ThreadPoolExecutor(8) as pool:
        for _ in range(40):
            pool.submit(
                store.baselines.update, "count", lambda body: str(int(body or 0) + 1)
            )
    assert store.baselines.get("count") == "40"
