"""Random calls made from the API's own description: none may fail.

Schemathesis reads the description and invents calls, right ones and wrong ones. No
answer may be a 500, and every answer must be one that the description names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from scores import small_score
from starlette.testclient import TestClient

from undersong.app.main import create_app
from undersong.hear.reading import Reading
from undersong.keep.store import Store
from undersong.settings import settings_from

BASE = "http://127.0.0.1:8080"

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@dataclass(frozen=True)
class House:
    """A running app with a few things to find in it."""

    client: TestClient
    cases: tuple[st.SearchStrategy[schemathesis.Case], ...]
    real: dict[str, str]

    def call(self, case: schemathesis.Case, *, keep_ids: bool) -> None:
        """Make a call and check the answer against the description."""
        if not keep_ids:
            for name in set(case.path_parameters) & set(self.real):
                case.path_parameters[name] = self.real[name]
        wanted = case.as_transport_kwargs(base_url=BASE)
        wanted.pop("timeout", None)
        ready = requests.Request(**wanted).prepare()
        answer = self.client.request(
            ready.method, ready.url, headers=dict(ready.headers), content=ready.body
        )
        case.validate_response(answer, checks=list(CHECKS))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[House]:
    chosen = settings_from(
        {
            "UNDERSONG_DATA": str(tmp_path_factory.mktemp("data")),
            "UNDERSONG_CACHE": str(cache),
        }
    )
    # A clock that jumps a minute a look: no call is refused as one too many.
    seconds = count(1_750_000_000, 60)
    with Store.open(chosen, now=lambda: float(next(seconds))) as store:
        app = create_app(chosen, store, now=lambda: float(next(seconds)))
        schema = schemathesis.openapi.from_dict(app.openapi())
        cases = tuple(
            found.ok().as_strategy(generation_mode=mode)
            for found in schema.get_all_operations()
            for mode in GenerationMode
        )
        session = store.sessions.add(small_score(minutes=0.25))
        store.sessions.serve(session.id, 7)
        reading = store.readings.add(Reading(ok=False), device="a")
        real = {
            **{"session_id": session.id, "key": session.key},
            **{"reading_id": reading.id, "number": "3", "name": "flac"},
        }
        with TestClient(app, base_url=BASE) as client:
            yield House(client, cases, real)


def call_often(house: House, calls: int) -> None:
    @given(
        case=st.sampled_from(house.cases).flatmap(lambda cases: cases),
        keep_ids=st.booleans(),
    )
    @settings(
        max_examples=calls,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def call(case: schemathesis.Case, keep_ids: bool) -> None:
        house.call(case, keep_ids=keep_ids)

    call()


def test_a_thousand_random_calls_are_answered_as_described(house: House) -> None:
    call_often(house, 1_000)


@pytest.mark.slow
def test_ten_thousand_random_calls_are_answered_as_described(house: House) -> None:
    call_often(house, 10_000)
