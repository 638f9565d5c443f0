"""What is kept of a session: answered, named, shared, saved, gone on with, erased."""

import io
import json
import re
import zipfile

import pytest
from decoding import decoded_int16
from first_page import id_of, played
from starlette.testclient import TestClient

from undersong.keep.store import Store


def test_nudge_without_script_is_kept_with_its_reason(client, store):
    path = played(client)
    client.post(f"{path}/nudge", data={"name": "darker"})
    assert [event.name for event in store.sessions.score(id_of(path)).events] == [
        "darker"
    ]


def test_one_tap_afterwards_is_kept_and_teaches(client, store):
    path = played(client)
    page = client.post(f"{path}/answers", data={"felt": "better", "said": ""})
    (answer,) = store.answers.of(id_of(path))
    assert (answer.felt, answer.liked) == ("better", None)
    assert answer.said is None
    assert "Noted, thank you." in page.text
    assert (
        "You have said how you felt after calm sessions" in client.get("/patterns").text
    )
    page = client.post(f"{path}/answers", data={"liked": "more", "said": ""})
    assert {answer.liked for answer in store.answers.of(id_of(path))} == {None, 1.0}
    assert "You have kept" in client.get("/patterns").text


def test_past_session_can_be_named_kept_shared_and_forgotten(
    client: TestClient, store: Store
) -> None:
    path = played(client)
    client.post(f"{path}/describe", data={"title": "After the <rain>"})
    client.post(f"{path}/describe", data={"favourite": "yes"})
    page = client.get("/past").text
    assert "After the &lt;rain&gt;" in page
    assert "Not a favourite" in page
    client.post(f"{path}/delete")
    assert store.sessions.count() == 0
    assert "Nothing yet" in client.get("/past").text


def test_recipe_opened_by_another_gives_the_same_arrangement(client, store):
    path = played(client, stress="9", said="stress")
    recipe = client.get(f"{path}/recipe.json").text
    assert "stress" not in json.loads(recipe)
    link = re.search(r'data-fragment="([^"]+)"', client.get(f"{path}/share").text)
    assert link is not None
    ways = ({"text": recipe}, {"text": f"http://127.0.0.1:8080/open#{link[1]}"})
    blocks = {layer.block for layer in store.sessions.score(id_of(path)).layers}
    for data in ways:
        opened = client.post("/open", data=data, follow_redirects=False)
        score = store.sessions.score(id_of(opened.headers["location"]))
        assert {layer.block for layer in score.layers} == blocks


@pytest.mark.parametrize("text", ["", "nonsense", "{}", '{"version": 1}', "#####"])
def test_what_is_no_recipe_is_refused_on_a_page(client, text):
    answer = client.post("/open", data={"text": text})
    assert answer.status_code == 422
    assert 'id="problem"' in answer.text


def test_whole_sound_is_saved_as_it_is_rendered(client, store):
    path = played(client, minutes="0.25")
    saved = client.get(f"{path}/sound.flac")
    score = store.sessions.score(id_of(path))
    assert len(decoded_int16(saved.content)) == score.end
    assert store.sessions.get(id_of(path)).served == -1


def test_everything_kept_comes_as_one_archive(client):
    played(client)
    with zipfile.ZipFile(io.BytesIO(client.get("/export.zip").content)) as archive:
        assert archive.testzip() is None
        assert any(name.endswith("sessions.csv") for name in archive.namelist())


def test_note_that_names_a_crisis_is_met_with_the_help_card(client):
    path = played(client)
    page = client.post(f"{path}/answers", data={"note": "I want to die"}).text
    assert "numbers you can call" in page
    assert "/help" in page


def test_check_in_turns_the_score(client, store):
    path = played(client)
    client.post(f"{path}/check-in", data={"said": "stress", "stress": "9"})
    (event,) = store.sessions.score(id_of(path)).events
    assert event.kind == "check_in"
    assert event.changes


def test_everything_is_erased_only_after_the_word_is_typed(client, store):
    played(client)
    refused = client.post("/erase", data={"word": "yes"})
    assert refused.status_code == 422
    assert store.sessions.count() == 1
    client.post("/erase", data={"word": "Erase"})
    assert store.sessions.count() == 0


def test_word_to_erase_is_of_the_language_of_the_page(client, store):
    played(client)
    client.headers["Accept-Language"] = "de"
    assert "Tipp „löschen“" in client.get("/settings").text
    refused = client.post("/erase", data={"word": "erase"})
    assert "tipp „löschen“" in refused.text
    assert store.sessions.count() == 1
    client.post("/erase", data={"word": " LÖSCHEN "})
    assert store.sessions.count() == 0


def test_session_that_was_left_lately_can_be_gone_on_with(client, store, clock):
    path = played(client, outcome="sleep")
    assert "Go on with" not in client.get("/").text
    store.sessions.serve(id_of(path), 3)
    assert "Go on with Sleep" in client.get("/").text
    clock.seconds += 4 * 3600
    assert "Go on with" not in client.get("/").text


def test_session_that_was_ended_early_is_listed_as_long_as_it_was(client):
    path = played(client, minutes="20")
    events = f"/api/v1/sessions/{id_of(path)}/events"
    seconds = client.post(events, json={"kind": "stop"}).json()["seconds"]
    page = client.get("/past").text
    assert "20 minutes" not in page
    assert f"{round(seconds)} seconds" in page
