"""The voice on the pages: agreed to, shown as ranges, and outvoted by its person."""

from pathlib import Path

from first_page import played
from starlette.testclient import TestClient

from undersong.guide.consent import load
from undersong.hear.reading import Quality, Reading, Refusal, Signal
from undersong.keep.store import Store

SIGNAL = Signal(value=0.62, low=0.4, high=0.8, confidence=0.2, versus="people")


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
