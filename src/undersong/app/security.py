"""The doors: who may ask, how much, how often; and what a page may load.

Everything here is decided from headers before a handler runs. Requests without an
Origin (command line, players) pass; a browser always tells where a request is from.
"""

import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from undersong.app.counts import Counts
from undersong.app.limits import RateLimits
from undersong.app.problems import HttpProblem, refusal_response, unforeseen
from undersong.phrases import phrase

log = logging.getLogger(__name__)

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
"""Values of Sec-Fetch-Site for our own pages and for what a person typed."""

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with that, a browser hides the Origin of our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), autoplay=(self), camera=(), "
    "geolocation=(), payment=(), usb=()",
}

BODY_LIMIT_BYTES = 1_000_000
"""Most that any request but a recording may hold."""

UPLOAD_PATHS = frozenset({"/api/v1/readings", "/speak"})
"""Where recordings are sent."""


class Doors:
    """Wraps the app: host, origin, rate and size are checked, headers are set."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        limits: RateLimits,
        counts: Counts,
        upload_limit_bytes: int,
    ) -> None:
        self.app = app
        self.limits = limits
        self.counts = counts
        self.upload_limit_bytes = upload_limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                self.counts.add(
                    "undersong_requests_total", f"{message['status'] // 100}xx"
                )
            await send(message)

        try:
            self._check(scope)
            limited = _limited(receive, self._limit_bytes(scope))
            await self.app(scope, limited, send_with_headers)
        except HttpProblem as refusal:
            answer = refusal_response(Request(scope), refusal)
            await answer(scope, receive, send_with_headers)
        except Exception as error:
            if begun:
                raise
            # The top of a request: one sentence for the person, the rest for the log.
            log.exception("unforeseen: %s", type(error).__name__)
            await unforeseen(Request(scope))(scope, receive, send_with_headers)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        check_host(headers)
        if scope["method"] not in SAFE_METHODS:
            check_origin(headers)
        self.limits.check(scope["method"], scope["path"])
        check_length(headers, self._limit_bytes(scope))

    def _limit_bytes(self, scope: Scope) -> int:
        is_upload = scope["path"] in UPLOAD_PATHS
        return self.upload_limit_bytes if is_upload else BODY_LIMIT_BYTES


def check_host(headers: Headers) -> None:
    """Refuse a host name that is not this machine's own (DNS rebinding)."""
    hosts = headers.getlist("host")
    if len(hosts) != 1 or host_name(hosts[0]) not in LOOPBACK_NAMES:
        raise HttpProblem(
            421,
            phrase(
                "this app answers only as localhost or 127.0.0.1, not by another name"
            ),
        )


def host_name(host: str) -> str:
    """Return the name in a Host header, or "" if it is not one."""
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        name, port = host, "0"
    return name.lower() if port.isascii() and port.isdigit() else ""


def check_origin(headers: Headers) -> None:
    """Refuse to change anything at the wish of another site (CSRF)."""
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site")
    own_origin = origin is None or urlsplit_host(origin) == headers["host"].lower()
    if not own_origin or (site is not None and site not in OWN_SITES):
        raise HttpProblem(
            403, phrase("another site asked for this; only Undersong's own pages may")
        )


def urlsplit_host(origin: str) -> str:
    """Return host and port of an origin, or "" if it has none ("null")."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def check_length(headers: Headers, limit_bytes: int) -> None:
    """Refuse a body whose stated length is wrong or too large."""
    stated = headers.get("content-length", "0")
    if not (stated.isascii() and stated.isdigit()):
        raise HttpProblem(400, f"content-length={stated!r} must be a whole number")
    if int(stated) > limit_bytes:
        raise _too_large(limit_bytes)


def _limited(receive: Receive, limit_bytes: int) -> Receive:
    """Return a receive that refuses a body as soon as it grows too large."""
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit_bytes:
            raise _too_large(limit_bytes)
        return message

    return limited


def _too_large(limit_bytes: int) -> HttpProblem:
    return HttpProblem(
        413,
        phrase(
            "the request may hold at most {limit:g} MB; send a shorter one",
            limit=limit_bytes / 1e6,
        ),
    )
