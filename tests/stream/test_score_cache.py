"""Parsed scores that are kept a while."""

from scores import small_score

from undersong.compose.score import Event, Score
from undersong.stream.scores import ScoreCache

SCORE = small_score()


def refuse() -> Score:
    raise AssertionError("loaded although it is kept")


def test_a_score_is_loaded_once() -> None:
    cache = ScoreCache()
    assert cache.get("a", 0, lambda: SCORE) is SCORE
    assert cache.get("a", 0, refuse) is SCORE


def test_an_event_makes_it_another_score() -> None:
    cache = ScoreCache()
    cache.get("a", 0, lambda: SCORE)
    later = SCORE.with_event(Event(at=0, kind="pause"))
    assert cache.get("a", 1, lambda: later) is later


def test_the_least_recently_used_leaves_first() -> None:
    cache = ScoreCache(limit=2)
    for name in ("a", "b", "a", "c"):
        cache.get(name, 0, lambda: SCORE)
    assert cache.get("a", 0, refuse) is SCORE
    loads: list[str] = []
    cache.get("b", 0, lambda: loads.append("b") or SCORE)
    assert loads == ["b"]
