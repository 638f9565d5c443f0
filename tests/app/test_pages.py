"""The pages as a person without script has them: links, forms, and what they do."""

import html
import io
import json
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from decoding import decoded_int16
from starlette.testclient import TestClient

from undersong.cli import run
from undersong.guide.consent import load
from undersong.hear.reading import Quality, Reading, Refusal, Signal
from undersong.keep.store import Store

SIGNAL = Signal(value=0.62, low=0.4, high=0.8, confidence=0.2, versus="people")


def played(client: TestClient, **fields: str) -> str:
    """Play from the first page's form and return the session's path."""
    answer = client.post(
        "/play", data={"outcome": "calm", **fields}, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def id_of(path: str) -> str:
    return path.rsplit("/", 1)[1]


def test_first_visit_offers_calm_focus_and_sleep(client):
    page = client.get("/").text
    names = re.findall(r'name="outcome" value="(\w+)"', page)
    assert names == ["calm", "focus", "sleep"]
    assert "your usual" not in page
    assert "not therapy" in page


def test_second_visit_puts_the_last_choice_first_and_ready(client):
    played(client, outcome="sleep")
    page = client.get("/").text
    rows = re.findall(r'name="outcome" value="(\w+)"( checked)?', page)
    assert rows[0] == ("sleep", " checked")
    assert page.count("your usual") == 1


def test_usual_length_is_the_one_chosen_most_often(client, store):
    for minutes in ("10", "30", "10", "45"):
        played(client, minutes=minutes)
    again = played(client, minutes="")
    assert store.sessions.get(id_of(again)).minutes == 10


def test_a_minute_tried_once_makes_nothing_usual(client):
    client.post("/api/v1/sessions", json={"outcome": "sleep", "minutes": 1})
    page = client.get("/").text
    assert "your usual" not in page
    assert "1 minute<" not in page


def test_session_page_tells_five_to_ten_reasons_of_the_score(client, store):
    path = played(client)
    page = client.get(path).text
    told = re.findall(r"<li>(.+?) <span", page.split('class="why"')[1])
    reasons = {reason.sentence for reason in store.sessions.score(id_of(path)).reasons}
    assert 5 <= len(told) <= 10
    assert {sentence.replace("’", "'") for sentence in told} <= reasons


def test_page_api_and_terminal_give_the_same_reasons(client, tmp_path, capsys):
    path = played(client, stress="8", said="stress")
    events = f"/api/v1{path}/events"
    assert client.post(events, json={"kind": "nudge", "name": "darker"}).is_success
    api = client.get(f"/api/v1{path}/why").json()["why"]
    assert api[0]["sentence"].startswith("You asked for darker")
    page = html.unescape(client.get(path).text).replace("’", "'")
    assert re.findall(r"<li>(.+?) <span", page.split('class="why"')[1]) == [
        row["sentence"] for row in api
    ]
    file = tmp_path / "score.json"
    file.write_text(client.get(f"/api/v1{path}/score").text)
    assert run(["why", "--json", str(file)]) == 0
    terminal = json.loads(capsys.readouterr().out)
    assert terminal["summary"] == api
    every = client.get(f"/api/v1{path}/why", params={"every": True}).json()["why"]
    assert terminal["reasons"] == every
    whole = html.unescape(client.get(f"{path}/why").text).replace("’", "'")
    assert all(row["sentence"] in whole for row in every)


def test_only_sliders_that_were_touched_count(client, store):
    path = played(client, stress="8", fatigue="5", energy="5", said="stress")
    assert store.sessions.get(id_of(path)).said == {"stress": 8}


def test_untouched_sliders_say_nothing(client, store):
    path = played(client, stress="5", fatigue="5", energy="5", said="")
    assert store.sessions.get(id_of(path)).said is None


@pytest.mark.parametrize("value", ["11", "-1", "nan", "much", ""])
def test_impossible_slider_is_refused_in_one_sentence_on_a_page(client, value):
    answer = client.post(
        "/play", data={"outcome": "calm", "said": "stress", "stress": value}
    )
    assert answer.status_code == 422
    assert "must be a number from 0 to 10" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "joy"},
        {"stress": "abc"},
        {"minutes": "long"},
        {"said": "stress"},
    ],
)
def test_form_that_makes_no_sense_makes_no_session(client, store, fields):
    answer = client.post("/play", data={"outcome": "calm", **fields})
    assert answer.status_code == 422
    assert "must be" in answer.text or "use one of calm" in answer.text
    assert store.sessions.recent(1) == []


def test_unknown_session_is_a_page_with_a_way_on(client):
    answer = client.get("/sessions/none")
    assert answer.status_code == 404
    assert 'href="/"' in answer.text
    assert "api" not in answer.text.split('id="problem"')[1]


def test_heard_page_shows_three_ranges_and_asks(client, store):
    reading = Reading(
        ok=True,
        quality=Quality(),
        stress=SIGNAL,
        fatigue=SIGNAL,
        energy=SIGNAL,
        sentences=("Your voice sounded a little quicker than your usual.",),
    )
    kept = store.readings.add(reading, device="microphone")
    page = client.get(f"/heard/{kept.id}?outcome=focus&minutes=20").text
    assert page.count('class="range" x="40.0%" width="40.0%"') == 3
    assert "a little quicker than your usual" in page
    assert "How do you feel?" in page
    assert 'value="focus"' in page


def test_heard_page_says_why_a_voice_was_not_read_and_still_plays(client, store):
    sentence = "There was too much noise behind your voice to read it."
    refusal = Refusal(code="noisy", sentence=sentence)
    kept = store.readings.add(Reading(ok=False, refusal=refusal), device="microphone")
    page = client.get(f"/heard/{kept.id}").text
    assert sentence in page
    assert 'action="/play"' in page
    assert "reading_id" not in page


def test_consent_is_kept_by_version_and_can_be_taken_back(client, store):
    version = load().version
    assert "Agree and speak" in client.get("/speak").text
    client.post("/consent", data={"version": version + 7})
    assert store.listeners.get().consent_version == version
    assert "Agree and speak" not in client.get("/speak").text
    client.post("/consent", data={"version": 0})
    assert "Agree and speak" in client.get("/speak").text


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


def test_every_scene_starts_with_one_tap(client, store):
    names = re.findall(r'action="/scenes/(\w+)"', client.get("/scenes").text)
    assert len(names) == 16
    for name in names[:3]:
        opened = client.post(f"/scenes/{name}", follow_redirects=False)
        assert store.sessions.get(id_of(opened.headers["location"])).title


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


def test_what_is_never_wanted_stays_out_of_new_sessions(client, store):
    unwanted = ["rain", "ocean", "wind", "stream"]
    client.post("/settings", data={"voice": "yes", "never": unwanted})
    for _ in range(4):
        layers = store.sessions.score(id_of(played(client))).layers
        assert not {layer.block for layer in layers} & set(unwanted)


def test_theme_is_remembered_and_set_on_the_page_itself(client):
    assert "data-theme" not in client.get("/").text
    client.post("/settings", data={"theme": "dark"})
    assert '<html lang="en" data-theme="dark">' in client.get("/").text


def test_voice_can_be_switched_off(client):
    client.post("/settings", data={"theme": "auto"})
    assert "Speak first" not in client.get("/").text


def test_everything_is_erased_only_after_the_word_is_typed(client, store):
    played(client)
    refused = client.post("/erase", data={"word": "yes"})
    assert refused.status_code == 422
    assert store.sessions.count() == 1
    client.post("/erase", data={"word": "Erase"})
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


def test_unknown_address_is_a_page_for_a_person_and_data_for_a_program(client):
    person = client.get("/nowhere", headers={"Accept": "text/html,*/*;q=0.8"})
    assert person.status_code == 404
    assert "There is nothing at this address." in person.text
    for path in ("/nowhere", "/api/v1/nowhere", "/s/nothing/main.m3u8"):
        program = client.get(path, headers={"Accept": "application/json"})
        assert program.headers["content-type"] == "application/problem+json"
    browsed = client.get("/api/v1/nowhere", headers={"Accept": "text/html"})
    assert browsed.headers["content-type"] == "application/problem+json"


def test_voice_is_read_only_after_agreement(
    client: TestClient, store: Store, shared: Path
) -> None:
    voice = next((shared / "data/voice/librispeech_mini").glob("*.flac")).read_bytes()

    def send(address: str) -> int:
        files = {"audio": ("voice.flac", voice)}
        return client.post(address, files=files, follow_redirects=False).status_code

    assert "capture" not in client.get("/speak").text
    assert send("/speak?outcome=calm") == 409
    assert not store.readings.recent()
    assert send(f"/speak?outcome=calm&agreed={load().version}") == 303
    assert send("/speak?outcome=calm") == 303
    assert 'capture="user"' in client.get("/speak").text


def test_which_fits_is_asked_once_and_lowers_the_weight_of_the_voice(client, store):
    heard = SIGNAL.model_copy(update={"low": 0.7, "value": 0.8, "high": 0.9})
    reading = Reading(ok=True, stress=heard, fatigue=SIGNAL, energy=SIGNAL)
    kept = store.readings.add(reading, device="microphone")
    for _ in range(3):
        path = played(client, reading_id=kept.id, stress="1", said="stress")
        assert "Which fits better now?" in client.get(path).text
        client.post(f"{path}/fits", data={"fits": "said"})
        assert "Which fits better now?" not in client.get(path).text
    # Three answers against the voice halve its weight.
    assert "50%. It falls" in client.get("/patterns").text
    path = played(client, reading_id=kept.id)
    assert "Your voice counts for 50% with you" in client.get(path).text
    client.post("/patterns/voice")
    assert "100%. It falls" in client.get("/patterns").text
    assert (
        "Your voice counts for"
        not in client.get(played(client, reading_id=kept.id)).text
    )


def test_answer_to_which_fits_that_is_none_of_the_four_is_refused(client):
    answer = client.post(f"{played(client)}/fits", data={"fits": "perhaps"})
    assert answer.status_code == 422
    assert "said, voice, both, neither" in answer.text


def test_wake_time_makes_a_dawn_that_begins_then(client, store, clock):
    wake = datetime.fromtimestamp(clock.seconds) + timedelta(hours=7, minutes=30)
    fields = {"outcome": "sleep", "minutes": "40", "wake": f"{wake:%H:%M}"}
    score = store.sessions.score(id_of(played(client, **fields, dawn="warm_pad")))
    # The clock of a page has no seconds; ten minutes of dawn follow.
    assert score.minutes == pytest.approx(450 + 10, abs=1)
    assert any("rises at your wake time" in r.sentence for r in score.reasons)
    assert "warm_pad" in {layer.block for layer in score.layers}
    other = store.sessions.score(
        id_of(played(client, **(fields | {"outcome": "calm"})))
    )
    assert other.minutes == 40


def test_session_before_an_early_wake_time_fades_by_then(client, store, clock):
    wake = datetime.fromtimestamp(clock.seconds) + timedelta(minutes=31)
    path = played(client, outcome="sleep", minutes="90", wake=f"{wake:%H:%M}")
    assert store.sessions.score(id_of(path)).minutes == pytest.approx(41, abs=1)


def test_wake_time_that_is_none_is_refused_in_one_sentence(client):
    data = {"outcome": "sleep", "wake": "late"}
    answer = client.post("/play", data=data)
    assert answer.status_code == 422
    assert "must be a time of day such as 07:00" in answer.text


@pytest.mark.parametrize(
    ("outcome", "block"), [("calm", "breath"), ("focus", "modulation")]
)
def test_extra_plays_for_its_outcome_when_asked_for(client, store, outcome, block):
    blocks = {
        name: {
            layer.block
            for layer in store.sessions.score(
                id_of(played(client, outcome=name, **{"with": block}))
            ).layers
        }
        for name in ("calm", "focus", "sleep")
    }
    assert [name for name, found in blocks.items() if block in found] == [outcome]
