"""`make run`: migrate, load the demo once, start the worker, serve until told to stop, leave nothing behind."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from employer_portal.app import create_app, create_portal
from employer_portal.operations.http_server import make_server
from employer_portal.operations.schema import upgrade
from employer_portal.web.demonstration import Demonstration
from employer_portal.web.portal import Portal
from foundation.clock import day_in_seoul
from foundation.settings import Settings, SettingsError, read_settings

log = logging.getLogger("ieum.serve")
DIES_WITH_PARENT = 1


def main(demonstration: Demonstration | None = None) -> int:
    """Run the portal, with the demonstration when the settings ask for one; returns the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    signal.signal(signal.SIGTERM, _stop)
    try:
        settings = read_settings()
        if settings.demo and demonstration is None:
            raise SettingsError("A demo starts with `make run` (python -m demo); this starts a real center.")
        settings.var.mkdir(parents=True, exist_ok=True)
        _writable(settings.var)
        listener = _listener(settings)
        portal = create_portal(settings)
        upgrade(portal.database)
        if demonstration and settings.demo:
            demonstration.refuse(portal.database)
    except SettingsError as refused:
        print(refused, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    supervisor = WorkerSupervisor()
    try:
        if demonstration and settings.demo:
            demonstration.load(portal)
        _warm(portal)
        app = create_app(portal, demonstration)
        supervisor.start()
        server = make_server(app, listener, believe_proxies=bool(settings.proxies))
        portal.press.expect_files()
        _announce(settings, demonstration)
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        supervisor.end()
        portal.press.close()
        portal.database.dispose()
    return 0


def _warm(portal: Portal) -> None:
    """Map or build the pool's columns before the first visitor asks for a list."""
    with portal.database.read() as session:
        portal.pool.current(session, on=day_in_seoul(portal.now(session)))


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)


class WorkerSupervisor:
    """Keeps one worker process running; a worker that ends by itself is started again after a second."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._worker: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._launch()
        self._thread.start()

    def _launch(self) -> None:
        command = [sys.executable, "-m", "employer_portal.operations.worker"]
        self._worker = subprocess.Popen(command, preexec_fn=_die_with_parent, env=os.environ.copy())

    def _keep(self) -> None:
        while self._worker is not None and not self._ending.is_set():
            code = self._worker.wait()
            if not self._ending.wait(1):
                log.error("the worker ended with code %s and is started again", code)
                self._launch()

    def end(self) -> None:
        """Stop the worker for good."""
        self._ending.set()
        if self._worker is None:
            return
        self._worker.terminate()
        try:
            self._worker.wait(10)
        except subprocess.TimeoutExpired:
            self._worker.kill()
            self._worker.wait()


def _writable(folder: Path) -> None:
    probe = folder / ".write"
    try:
        probe.write_text("")
        probe.unlink()
    except OSError as failure:
        raise SettingsError(f"The folder {folder} cannot be written: {failure.strerror}.") from failure


def _listener(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(1024)
    except (OSError, UnicodeError) as failure:
        listener.close()
        cause = failure.strerror if isinstance(failure, OSError) else "no such host"
        raise SettingsError(
            f"Port {settings.port} on {settings.host} cannot be used: {cause}. Try PORT=5001 make run."
        ) from failure
    return listener


def _announce(settings: Settings, demonstration: Demonstration | None) -> None:
    print(f"\nready: {settings.public_url}", flush=True)
    if demonstration and settings.demo:
        for account in demonstration.sign_ins():
            print(f"sign-in: {account}", flush=True)
    print(time.strftime("started %Y-%m-%d %H:%M:%S"), flush=True)


if __name__ == "__main__":
    sys.exit(main())
