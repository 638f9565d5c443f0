"""How the tests play from the first page's form."""

from starlette.testclient import TestClient


def played(client: TestClient, **fields: str) -> str:
    """Play from the first page's form and return the session's path."""
    answer = client.post(
        "/play", data={"outcome": "calm", **fields}, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def id_of(path: str) -> str:
    return path.rsplit("/", 1)[1]
