"""What every refusal of the app must look like."""

from httpx2 import Response


def sentence_of(response: Response, status: int) -> str:
    """Return the one sentence of an RFC 9457 problem, after checking its form."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["type"] == "about:blank"
    detail = body["detail"]
    assert isinstance(detail, str)
    assert detail
    assert "\n" not in detail
    assert "Traceback" not in detail
    return detail
