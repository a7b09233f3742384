"""`dl-tutor serve`: the course in a browser, for who is at this computer."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import tutor.share.serve
from tests.conftest import ROOT, Main
from tutor.share.serve import allowed, command, is_loopback, url_of

INSTALLED = importlib.util.find_spec("textual_serve") is not None


class Stub:
    """A server that ends at once."""

    def serve(self) -> None:
        pass


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_without_textual_serve_it_says_how_to_install_it(
    ask: Main, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    code, out, err = ask("serve")
    assert (code, out) == (2, "")
    assert err.startswith("dl-tutor: serving needs textual-serve, which is not installed; ")


def test_it_says_what_serving_means_and_warns_of_other_addresses(
    ask: Main, monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    monkeypatch.setattr(tutor.share.serve, "server_of", lambda *_: Stub())
    code, out, err = ask("serve", "--port", str(port))
    assert (code, err) == (0, "")
    assert out.startswith(f"dl-tutor is at http://127.0.0.1:{port} until ctrl+c here.\nWhoever ")
    assert "there is no password" in " ".join(out.split())
    code, out, err = ask("serve", "--host", "0.0.0.0", "--port", str(port))
    assert code == 0
    assert err.startswith("dl-tutor: warning: 0.0.0.0 is more than this computer.")


def test_an_address_that_cannot_be_had_is_a_sentence(
    ask: Main, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tutor.share.serve, "server_of", lambda *_: Stub())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = ask("serve", "--port", str(port))
    assert (code, out) == (2, "")
    assert err.startswith(f"dl-tutor: 127.0.0.1 port {port} cannot be listened on: ")
    assert ask("serve", "--port", "0")[0] == 2
    assert ask("serve", "--port", "70000")[2].startswith(
        "dl-tutor: argument --port: takes a number from 1 to 65535"
    )


def test_only_its_own_pages_are_answered() -> None:
    assert allowed("127.0.0.1:8000", None, "http", True)
    assert allowed("localhost:9000", "http://localhost:9000", "http", True)  # through ssh -L
    assert allowed("[::1]:8000", None, "http", True)
    assert not allowed("evil.example:8000", None, "http", True)
    assert not allowed("127.0.0.1:8000", "http://evil.example", "http", True)
    assert not allowed("127.0.0.1:8000", "null", "http", True)
    assert not allowed('"><script>', None, "http", False)
    assert allowed("box.example:8000", "http://box.example:8000", "http", False)
    assert not allowed("box.example:8000", "http://evil.example", "http", False)


def test_which_addresses_are_this_computer_s_own() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.0.2", "box.example")))
    assert url_of("::1", 8000) == "http://[::1]:8000"
    assert command(["--state-dir", "a b"]).endswith("--state-dir 'a b'")


@pytest.fixture
def served(port: int, tmp_path: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A server on loopback, and the port that it answers on."""
    code = "import sys; from tutor.cli import main; sys.exit(main())"
    given = ["serve", "--port", str(port), "--state-dir", str(tmp_path)]
    server = subprocess.Popen(
        [sys.executable, "-c", code, *given],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert server.poll() is None, server.communicate()
                time.sleep(0.05)
        yield port, server
    finally:
        server.kill()
        server.communicate()


@pytest.mark.skipif(not INSTALLED, reason="textual-serve is not installed")
def test_the_course_is_in_the_browser(served: tuple[int, subprocess.Popen[str]]) -> None:
    port, server = served
    url = f"http://127.0.0.1:{port}/"
    with urllib.request.urlopen(url, timeout=20) as answer:
        page = answer.read().decode()
    assert f"ws://127.0.0.1:{port}/ws" in page
    assert 'href="https://' not in page
    for header, value in (("Host", "evil.example"), ("Origin", "http://evil.example")):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(urllib.request.Request(url, headers={header: value}), timeout=20)
    drawn = asyncio.run(_drawn(port))
    assert "deep learning, by seeing and doing" in drawn
    server.send_signal(signal.SIGINT)
    out, err = server.communicate(timeout=30)
    assert "Traceback" not in out + err


async def _drawn(port: int) -> str:
    """What a browser window is sent until the map of the course is there."""
    import aiohttp

    drawn = b""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"http://127.0.0.1:{port}/ws?width=90&height=30") as window,
    ):
        while b"quit" not in drawn:
            message = await window.receive(timeout=30)
            if message.type == aiohttp.WSMsgType.BINARY:
                drawn += message.data
            else:
                assert message.type == aiohttp.WSMsgType.TEXT
    return drawn.decode(errors="replace")
