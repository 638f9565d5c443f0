"""The database itself: migrations, faults in one sentence, erasing to the byte."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from scores import small_score

from undersong.errors import ParameterError, StoreUnavailableError
from undersong.keep.database import FILE_NAME, data_folder
from undersong.keep.models import Base
from undersong.keep.store import Store
from undersong.settings import Settings, settings_from


def in_folder(folder: Path) -> Settings:
    return settings_from({"UNDERSONG_DATA": str(folder)})


def test_migrations_lead_to_the_models(store: Store) -> None:
    with store.database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = data_folder(in_folder(tmp_path / "new" / "place"))
    assert folder.stat().st_mode & 0o777 == 0o700


def test_file_is_for_its_owner_alone_in_a_folder_open_to_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with Store.open(in_folder(tmp_path)) as store:
        store.notes.add("mine")
        modes = {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert modes == {0o600}


def test_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ParameterError, match="file is a file; name a folder"):
        Store.open(in_folder(tmp_path / "file"))


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailableError, match=r"file/in cannot be made.*--data"):
        Store.open(in_folder(tmp_path / "file" / "in"))


def test_file_that_is_no_database_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("my diary " * 1000)
    with pytest.raises(StoreUnavailableError, match=r"sqlite3.*not a database"):
        Store.open(in_folder(tmp_path))
    assert (tmp_path / FILE_NAME).read_text().startswith("my diary")


def test_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with Store.open(in_folder(tmp_path)) as store, store.database.writing() as rows:
        rows.connection().exec_driver_sql("UPDATE alembic_version SET version_num='9'")
    with pytest.raises(StoreUnavailableError, match="newer Undersong"):
        Store.open(in_folder(tmp_path))


def test_read_only_database_gives_one_sentence(tmp_path: Path) -> None:
    with Store.open(in_folder(tmp_path)) as store:
        store.notes.add("before")
        store.database.engine.dispose()
        with store.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
        with pytest.raises(StoreUnavailableError, match="check its permissions"):
            store.notes.add("after")
        assert [note.text for note in store.notes.all()] == ["before"]


def test_file_deleted_while_it_is_open_is_told_at_once(tmp_path: Path) -> None:
    with Store.open(in_folder(tmp_path)) as store:
        store.notes.add("before")
        (tmp_path / FILE_NAME).rename(tmp_path / "elsewhere")
        with pytest.raises(StoreUnavailableError, match="moved or deleted while"):
            store.notes.add("after")
        with pytest.raises(StoreUnavailableError, match="moved or deleted while"):
            store.database.ping()
        (tmp_path / "elsewhere").rename(tmp_path / FILE_NAME)
        assert [note.text for note in store.notes.all()] == ["before"]


def test_full_disk_gives_one_sentence_and_loses_nothing(tmp_path: Path) -> None:
    with Store.open(in_folder(tmp_path)) as store:
        store.notes.add("before")
        with store.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1")
        with pytest.raises(StoreUnavailableError, match="disk is full; free some"):
            store.notes.add("x" * 10**6)
        assert [note.text for note in store.notes.all()] == ["before"]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("no address", "such as postgresql://"),
        ("nosuchdatabase://host/name", "driver"),
    ],
)
def test_database_address_that_cannot_work_is_explained(
    url: str, sentence: str
) -> None:
    with pytest.raises(StoreUnavailableError, match=sentence):
        Store.open(settings_from({"UNDERSONG_DATABASE_URL": url}))


def test_erased_words_are_in_no_byte_of_any_file(tmp_path: Path) -> None:
    with Store.open(in_folder(tmp_path)) as store:
        session = store.sessions.add(small_score(), title="zanzibar-title")
        store.answers.add(session.id, note="zanzibar-answer")
        store.notes.add("zanzibar-note " * 500)
        store.baselines.put("zanzibar-device", "zanzibar-body")
        store.listeners.set_settings({"zanzibar": "setting"})
        assert any(b"zanzibar" in file.read_bytes() for file in tmp_path.iterdir())
        store.erase()
        held = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert [name for name, data in held.items() if b"zanzibar" in data] == []
    assert [name for name, data in held.items() if session.key.encode() in data] == []


def test_erased_listener_begins_anew(store: Store) -> None:
    before = store.listeners.get()
    store.erase()
    assert store.listeners.get().signature_seed != before.signature_seed


def test_taps_of_the_first_version_are_moved_to_how_it_felt(settings: Settings) -> None:
    with Store.open(settings) as store:
        session = store.sessions.add(small_score())
        for liked in (0.5, 0.0, -0.5, 1.0):
            store.answers.add(session.id, liked=liked)
        with store.database.writing() as rows:
            for change in (
                "ALTER TABLE answer DROP COLUMN felt",
                "UPDATE alembic_version SET version_num='0001'",
            ):
                rows.connection().exec_driver_sql(change)
    with Store.open(settings) as store:
        assert {(answer.felt, answer.liked) for answer in store.answers.all()} == {
            ("better", None),
            ("same", None),
            ("worse", None),
            (None, 1.0),
        }
        store.erase()
