"""The pages as a person without script has them: links, forms, and what they do."""

import html
import json
import re
from datetime import datetime, timedelta

import pytest
from first_page import id_of, played

from undersong.cli import run


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


def test_every_scene_starts_with_one_tap(client, store):
    names = re.findall(r'action="/scenes/(\w+)"', client.get("/scenes").text)
    assert len(names) == 16
    for name in names[:3]:
        opened = client.post(f"/scenes/{name}", follow_redirects=False)
        assert store.sessions.get(id_of(opened.headers["location"])).title


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


def test_unknown_address_is_a_page_for_a_person_and_data_for_a_program(client):
    person = client.get("/nowhere", headers={"Accept": "text/html,*/*;q=0.8"})
    assert person.status_code == 404
    assert "There is nothing at this address." in person.text
    for path in ("/nowhere", "/api/v1/nowhere", "/s/nothing/main.m3u8"):
        program = client.get(path, headers={"Accept": "application/json"})
        assert program.headers["content-type"] == "application/problem+json"
    browsed = client.get("/api/v1/nowhere", headers={"Accept": "text/html"})
    assert browsed.headers["content-type"] == "application/problem+json"


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
