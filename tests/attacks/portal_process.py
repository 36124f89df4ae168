"""The portal as its operator starts it, in a process of its own, outside the demo: what an attack from outside meets."""

import base64
import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from foundation.settings import ROOT

STARTS_WITHIN = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def write_keys(file: Path, *, mode: int = 0o600, **changed: object) -> Path:
    """A key file as an operator makes it."""
    keys = {"sealing": {"k1": random_key()}, "index": random_key(), "session": random_key()} | changed
    file.write_text(json.dumps(keys))
    file.chmod(mode)
    return file


@dataclass
class PortalProcess:
    """A running portal on loopback."""

    port: int
    process: "subprocess.Popen[bytes]"

    def get(self, path: str, *, timeout: float = 10) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def socket(self, timeout: float = 30) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)


@dataclass
class Watch:
    """How long `/healthz` took, asked again and again during an attack."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def worst(self) -> float:
        return max(self.seconds, default=0.0)


@contextmanager
def watched(portal: PortalProcess, *, every: float = 0.05) -> Iterator[Watch]:
    """Ask `/healthz` all the while, each time on a connection of its own."""
    watch, ending = Watch(), threading.Event()

    def ask() -> None:
        while not ending.is_set():
            began = time.monotonic()
            try:
                status, _ = portal.get("/healthz", timeout=30)
                if status != 200:
                    watch.failures.append(str(status))
            except OSError as failure:
                watch.failures.append(repr(failure))
            watch.seconds.append(time.monotonic() - began)
            ending.wait(every)

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        yield watch
    finally:
        ending.set()
        asker.join()
    assert watch.seconds
    assert watch.failures == []


@contextmanager
def running(folder: Path, **env: str) -> Iterator[PortalProcess]:
    """Start the portal in a folder with keys of its own, wait until it answers, end it and all it started."""
    port = free_port()
    write_keys(folder / "keys.json")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("IEUM_", "SMTP_", "SMS_"))
    }
    address = {"PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}", "IEUM_VAR": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "employer_portal.operations.serve"],
            cwd=ROOT,
            env=kept | address | env,
            stdout=log,
            stderr=log,
        )
    portal = PortalProcess(port, process)
    try:
        _wait(portal, folder / "log")
        yield portal
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(portal: PortalProcess, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if portal.process.poll() is not None:
            break
        try:
            if portal.get("/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the portal did not start: {log.read_text()[-2000:]}")
