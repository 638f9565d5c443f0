"""Sessions in the store: what was served stays, events come after it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from clocks import Clock
from scores import small_score

from undersong.compose.score import Event, Score
from undersong.errors import NotFoundError
from undersong.keep.sessions import Session
from undersong.keep.store import Store
from undersong.settings import Settings

SCORE = small_score()


def pause_at(at: int, score: Score, session: Session) -> Score:
    return score.with_event(Event(at=at, kind="pause"))


def test_score_comes_back_equal(store: Store) -> None:
    session = store.sessions.add(SCORE)
    assert store.sessions.score(session.id) == SCORE


def test_session_is_found_by_its_key(store: Store) -> None:
    session = store.sessions.add(SCORE, said={"stress": 7.0}, title="evening")
    assert store.sessions.by_key(session.key) == session
    assert session.said == {"stress": 7.0}


def test_keys_are_long_and_never_the_same(store: Store) -> None:
    keys = {store.sessions.add(SCORE).key for _ in range(20)}
    assert len(keys) == 20
    # 18 bytes as base64: 144 random bits.
    assert {len(key) for key in keys} == {24}


@pytest.mark.parametrize("verb", ["get", "score", "delete"])
def test_unknown_id_says_how_to_find_one(store: Store, verb: str) -> None:
    with pytest.raises(NotFoundError, match=r"'nope'.*lists them"):
        getattr(store.sessions, verb)("nope")


def test_unknown_key_does_not_repeat_it(store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        store.sessions.by_key("secret-guess")
    assert "secret-guess" not in str(caught.value)


def test_newest_comes_first_and_before_pages_on(store: Store, clock: Clock) -> None:
    made = []
    for _ in range(3):
        clock.seconds += 10
        made.append(store.sessions.add(SCORE))
    assert [s.id for s in store.sessions.recent()] == [s.id for s in reversed(made)]
    older = store.sessions.recent(1, before=made[2].created_at)
    assert [s.id for s in older] == [made[1].id]
    first, second = made[0].created_at, made[1].created_at
    assert store.sessions.recent(since=first, before=second) == [made[0]]


def test_served_only_rises(store: Store) -> None:
    session = store.sessions.add(SCORE)
    seen = [store.sessions.serve(session.id, number).served for number in (3, 1, 5)]
    assert seen == [3, 3, 5]


def test_event_sees_what_was_served(store: Store) -> None:
    session = store.sessions.add(SCORE)
    store.sessions.serve(session.id, 4)
    served: list[int] = []

    def change(score: Score, now: Session) -> Score:
        served.append(now.served)
        return pause_at(100, score, now)

    changed = store.sessions.change_score(session.id, change)
    assert served == [4]
    assert store.sessions.score(session.id) == changed
    assert store.sessions.get(session.id).event_count == 1


def test_a_change_that_fails_changes_nothing(store: Store) -> None:
    session = store.sessions.add(SCORE)

    def fail(score: Score, now: Session) -> Score:
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        store.sessions.change_score(session.id, fail)
    assert store.sessions.score(session.id) == SCORE


def test_events_from_many_threads_are_all_kept(store: Store) -> None:
    session = store.sessions.add(SCORE)

    def add(number: int) -> None:
        store.sessions.serve(session.id, number)
        store.sessions.change_score(
            session.id, lambda score, now: pause_at(1000, score, now)
        )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    assert len(store.sessions.score(session.id).events) == 24
    assert store.sessions.get(session.id).served == 23


def test_reopened_store_has_everything(store: Store, settings: Settings) -> None:
    session = store.sessions.add(SCORE)
    store.sessions.serve(session.id, 2)
    store.sessions.change_score(session.id, lambda a, b: pause_at(7, a, b))
    with Store.open(settings) as again:
        assert again.sessions.get(session.id) == store.sessions.get(session.id)
        assert again.sessions.score(session.id).events[0].at == 7


def test_title_and_favourite_change_one_at_a_time(store: Store) -> None:
    session = store.sessions.add(SCORE)
    store.sessions.describe(session.id, title="rain by the sea")
    kept = store.sessions.describe(session.id, favourite=True)
    assert (kept.title, kept.favourite) == ("rain by the sea", True)


def test_deleted_session_takes_its_answers_along(store: Store) -> None:
    session = store.sessions.add(SCORE)
    store.answers.add(session.id, liked=1.0)
    store.sessions.delete(session.id)
    assert store.sessions.count() == 0
    assert store.answers.all() == []
