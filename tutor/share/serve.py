"""The course in a browser, through textual-serve: for who is at this computer, unless told."""

from __future__ import annotations

import copy
import ipaddress
import logging
import re
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tutor
from tutor.lookup import CommandError

if TYPE_CHECKING:
    from aiohttp import web

INSTALL = (
    "serving needs textual-serve, which is not installed; "
    "pip install 'dl-tutor[serve]' installs it, or pip install 'textual-serve>=1.1.3,<2'"
)
MEANS = (
    "Whoever can open this address, other accounts of this computer included, uses the course as "
    "you: there is no password. They see and change your progress, the code of exercises runs "
    "under your account, and a path that is typed into a lab is read as one of your files."
)
AWAY = (
    "warning: {host} is more than this computer. Anyone who can reach it over the network can use "
    "dl-tutor as you, and what is sent is not encrypted. Safer: leave --host out, and use "
    "ssh -L {port}:127.0.0.1:{port} from the other computer."
)

_ELSEWHERE = re.compile(r'<link\s[^>]*href="https://[^>]*>')
"""What the page would have from other computers: a font, which it can do without."""
_HOST = re.compile(r"(?P<name>[\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
_RUN = "import sys; sys.path.insert(0, {root!r}); from tutor.cli import main; sys.exit(main())"


def serve(
    host: str,
    port: int,
    options: Sequence[str],
    say: Callable[..., None],
    warn: Callable[[str], None],
) -> None:
    """Serve the course until ctrl+c; options are dl-tutor's own. Errors: CommandError."""
    try:
        server = server_of(host, port, options)
    except ImportError as error:
        raise CommandError(INSTALL) from error
    _refuse_address(host, port)
    if not is_loopback(host):
        warn(f"dl-tutor: {AWAY.format(host=host, port=port)}")
    say(f"dl-tutor is at {url_of(host, port)} until ctrl+c here.", MEANS)
    server.serve()


def server_of(host: str, port: int, options: Sequence[str]) -> Any:
    """The server, which starts one dl-tutor for each browser window. Errors: ImportError."""
    from textual_serve.server import Server

    class TutorServer(Server):
        """textual-serve's server, which speaks with nobody but its own pages."""

        def initialize_logging(self) -> None:
            logging.basicConfig(level=logging.WARNING, format="%(message)s")

        async def on_startup(self, app: web.Application) -> None:
            """Say nothing: that has been done."""

        async def _make_app(self) -> web.Application:
            app = await super()._make_app()
            app.middlewares.append(guard(is_loopback(host)))
            return app

        async def handle_index(self, request: web.Request) -> Any:
            # The page connects to where it came from: through ssh -L that is another port.
            here = copy.copy(self)
            here.public_url = f"{request.scheme}://{request.host}"
            response = await Server.handle_index(here, request)
            response.text = _ELSEWHERE.sub("", response.text)
            # No other page may show this one in a frame, and have it clicked unseen.
            response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
            return response

    return TutorServer(command(options), host, port, "dl-tutor", url_of(host, port))


def guard(loopback: bool) -> Any:
    """Refuses requests that other web sites have a browser make: pages of theirs that connect
    here, and names of theirs that lead here."""
    from aiohttp import web

    @web.middleware
    async def refuse_strangers(
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if not allowed(request.host, origin, request.scheme, loopback):
            raise web.HTTPForbidden(text="dl-tutor answers only its own pages.\n")
        return await handler(request)

    return refuse_strangers


def allowed(host: str, origin: str | None, scheme: str, loopback: bool) -> bool:
    """Whether a request may be answered, by its headers Host and Origin.

    loopback: whether only this computer's own names may lead here.
    """
    match = _HOST.fullmatch(host)
    if match is None or (loopback and not is_loopback(match["name"].strip("[]"))):
        return False
    return origin in (None, f"{scheme}://{host}")


def command(options: Sequence[str]) -> str:
    """The command that each browser window starts: this very dl-tutor."""
    root = str(Path(tutor.__file__).resolve().parents[1])
    return shlex.join([sys.executable, "-P", "-c", _RUN.format(root=root), *options])


def is_loopback(host: str) -> bool:
    """Whether a host is this computer, and no one else can reach it."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def url_of(host: str, port: int) -> str:
    """The address to open in a browser."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _refuse_address(host: str, port: int) -> None:
    """Say what keeps the address from being listened on. Errors: CommandError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        with socket.socket(found[0][0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[0][4])
    except OSError as error:
        raise CommandError(
            f"{host} port {port} cannot be listened on: {error.strerror}; "
            "--port and --host choose another address"
        ) from error
