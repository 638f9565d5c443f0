import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest

from undersong import compose
from undersong.cli import run
from undersong.library import shared_palette
from undersong.sound.render import render
from undersong.stream.measuring import N_FFT, measure, n_moments, power_spectrum
from undersong.units import SAMPLE_RATE


@pytest.fixture(scope="module")
def score_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scores") / "score.json"
    path.write_text(compose("calm", seed=11, minutes=0.5).to_json(), "utf-8")
    return path


def test_png_is_a_picture_of_a_readable_size(score_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "session.png"
    assert run(["picture", str(score_file), "-o", str(out)]) == 0
    data = out.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert 1_200 < width < 3_000
    assert 1_200 < height < 3_000


def test_svg_names_outcome_layers_and_curves_in_text(
    score_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "session.svg"
    assert run(["picture", str(score_file), "-o", str(out)]) == 0
    root = ElementTree.parse(out).getroot()
    words = {
        "".join(e.itertext()).strip() for e in root.iter() if e.tag.endswith("text")
    }
    assert {"Calm", "journey", "arousal", "minutes", "spectrum"} <= words


def test_axis_of_a_night_counts_hours(tmp_path: Path) -> None:
    night = tmp_path / "night.json"
    night.write_text(compose("sleep", seed=11, minutes=240).to_json(), "utf-8")
    out = tmp_path / "night.svg"
    assert run(["picture", str(night), "-o", str(out)]) == 0
    words = [element.text for element in ElementTree.parse(out).getroot().iter()]
    assert {"hours", "4"} <= set(words)
    assert any(text and text.startswith("4 hours · ") for text in words)


def test_equal_scores_give_equal_pictures(score_file: Path, tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        assert run(["picture", str(score_file), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["missing.json", "-o", "out.png"], "missing.json"),
        (["{score}", "-o", "out.gif"], ".png"),
        (["{score}"], "-o"),
    ],
)
def test_bad_input_is_named_in_one_sentence_and_leaves_no_file(
    arguments: list[str],
    word: str,
    score_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    given = [a.replace("{score}", str(score_file)) for a in arguments]
    assert run(["picture", *given]) == 2
    error = capsys.readouterr().err
    assert word in error
    assert len(error.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_is_no_score_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.json"
    path.write_text("[]", "utf-8")
    assert run(["picture", str(path), "-o", str(tmp_path / "out.png")]) == 2
    assert "not a score" in capsys.readouterr().err


def test_drawn_loudness_is_what_a_meter_reads() -> None:
    score = compose("focus", seed=2, minutes=1.0)
    done: list[int] = []
    measured = measure(score, shared_palette(), done.append)
    assert done == list(range(1, n_moments(score) + 1))
    middle = n_moments(score) // 2
    at = int(measured.edges_index[middle] + measured.edges_index[middle + 1]) // 2
    span = render(
        score, at - 3 * SAMPLE_RATE // 2, at + 3 * SAMPLE_RATE // 2, shared_palette()
    )
    meter = pyloudnorm.Meter(SAMPLE_RATE, block_size=2.9)
    assert measured.lufs[middle] == pytest.approx(
        meter.integrated_loudness(span), abs=0.3
    )


def test_spectrum_adds_up_to_the_power() -> None:
    # A sine of amplitude 0.5 on both sides: 0.125 on each, at its own frequency.
    index = np.arange(2 * SAMPLE_RATE)
    wave = 0.5 * np.sin(2 * np.pi * 1_000 / SAMPLE_RATE * index)
    power = power_spectrum(np.stack([wave, wave], axis=1).astype(np.float32))
    assert power.sum() == pytest.approx(0.25, rel=1e-3)
    assert np.argmax(power) * SAMPLE_RATE / N_FFT == pytest.approx(1_000, abs=6)


def test_place_without_a_folder_is_refused_before_any_listening(
    score_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def unwanted(*_: object) -> None:
        raise AssertionError("it listened through the session first")

    monkeypatch.setattr("undersong.cli.picture.measure", unwanted)
    out = tmp_path / "gone" / "session.png"
    assert run(["picture", str(score_file), "-o", str(out)]) == 2
    assert "make it first" in capsys.readouterr().err
