"""A short session, and what a player gets of it."""

from collections.abc import Callable

import pytest
from player import SCORE
from starlette.testclient import TestClient

from undersong.keep.sessions import Session
from undersong.keep.store import Store


@pytest.fixture
def session(store: Store) -> Session:
    return store.sessions.add(SCORE)


@pytest.fixture
def get(client: TestClient, session: Session) -> Callable[[str], bytes]:
    def fetched(name: str) -> bytes:
        answer = client.get(f"/s/{session.key}/{name}")
        assert answer.status_code == 200, answer.text
        return answer.content

    return fetched
