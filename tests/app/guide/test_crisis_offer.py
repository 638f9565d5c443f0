"""Words of a crisis bring one soft offer, and leave no trace."""

import pytest
from starlette.testclient import TestClient

from undersong.guide.crisis import OFFER
from undersong.keep.sessions import Session
from undersong.keep.store import Store

CRISIS = "I want to end my life"
EVERYDAY = "this deadline is killing me"


@pytest.mark.parametrize(("note", "offers"), [(CRISIS, True), (EVERYDAY, False)])
def test_crisis_words_in_a_note_bring_one_soft_offer_and_the_note_is_kept(
    client: TestClient, session: Session, store: Store, note: str, offers: bool
) -> None:
    page = client.post(f"/sessions/{session.id}/answers", data={"note": note})
    assert (OFFER in page.text) is offers
    assert page.text.count(OFFER) == offers
    assert store.answers.of(session.id)[-1].note == note


def test_way_on_leads_to_the_offer_itself(client: TestClient, session: Session) -> None:
    answers = f"/sessions/{session.id}/answers"
    told = client.post(answers, data={"note": CRISIS}, follow_redirects=False)
    assert told.headers["location"].endswith("#offer")
    assert 'id="offer"' in client.get(told.headers["location"]).text


def test_crisis_words_in_a_name_bring_it_too(
    client: TestClient, session: Session
) -> None:
    page = client.post(f"/sessions/{session.id}/describe", data={"title": CRISIS})
    assert OFFER in page.text


def test_the_offer_is_not_logged(
    client: TestClient, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", logger="undersong"):
        client.post(f"/sessions/{session.id}/answers", data={"note": CRISIS})
        client.get("/help?country=GB")
    assert [row for row in caplog.records if row.name.startswith("undersong")] == []
