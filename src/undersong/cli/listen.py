"""`undersong listen`: the web app on this machine."""

import os
import socket
import sys
import threading
import time
import webbrowser

import click
import uvicorn

from undersong.app.main import create_app
from undersong.app.warming import Warming
from undersong.errors import ParameterError, StoreUnavailableError
from undersong.keep.store import Store
from undersong.settings import Settings, settings_from

LOOPBACK = ("127.0.0.1", "localhost", "::1")
READY_SECONDS = 30.0
SHUTDOWN_SECONDS = 2
"""How long a continuous stream may hold up the end."""


@click.command()
@click.option("--host", metavar="ADDRESS", help="127.0.0.1, localhost or ::1.")
@click.option("--port", metavar="N", help="8080 unless said otherwise.")
@click.option("--data", metavar="DIR", help="Folder for what is kept.")
@click.option("--no-open", is_flag=True, help="Leave the browser alone.")
def command(
    host: str | None, port: str | None, data: str | None, no_open: bool
) -> None:
    """Start the web app on this machine and open it in the browser."""
    settings = settings_from(os.environ, {"host": host, "port": port, "data": data})
    check_loopback(settings.text("host"))
    with bound(settings) as listening, Store.open(settings) as store:
        serve(settings, store, listening, open_browser=not no_open)


def check_loopback(host: str) -> None:
    """Refuse any address that other machines could reach.

    Raises
    ------
    ParameterError
        Naming the addresses that work.
    """
    if host not in LOOPBACK:
        raise ParameterError(
            f"host={host!r} would let other machines in, and Undersong answers only "
            f"this one; use {', '.join(LOOPBACK)}"
        )


def bound(settings: Settings) -> socket.socket:
    """Return a socket bound to the settings' address.

    Raises
    ------
    StoreUnavailableError
        If another program has the port.
    """
    host, port = settings.text("host"), settings.whole("port")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise StoreUnavailableError(
            f"port {port} is taken or not allowed ({(error.strerror or '').lower()}); "
            f"if Undersong runs there already, open {address_of(host, port)}, else "
            f"use another, such as --port {port + 1 if port < 65_535 else 8080}"
        ) from error
    return listening


def address_of(host: str, port: int) -> str:
    """Return the address of the page."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def serve(
    settings: Settings, store: Store, listening: socket.socket, *, open_browser: bool
) -> None:
    """Run the app on a bound socket until it is told to stop."""
    host, port = settings.text("host"), listening.getsockname()[1]
    address = address_of(host, port)
    click.echo(f"Undersong is at {address}   (Ctrl+C ends it)")
    sys.stdout.flush()
    app = create_app(settings, store)
    warming = Warming(app.state.context)
    if settings.whole("prepare"):
        warming.start()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            # Addresses hold session keys; they stay out of logs.
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
    )
    if open_browser:
        threading.Thread(
            target=_open_when_ready, args=(server, address), daemon=True
        ).start()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        # Ctrl+C is how it is meant to end.
        click.echo("Undersong has ended.")
    finally:
        warming.stop()


def _open_when_ready(server: uvicorn.Server, address: str) -> None:
    give_up = time.monotonic() + READY_SECONDS
    while not server.started and time.monotonic() < give_up:
        time.sleep(0.05)
    if server.started:
        webbrowser.open(address)
