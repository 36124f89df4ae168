"""The worker: delivers the outbox, seals the audit log, and does what falls due, each on a lane of its own."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from employer_portal.app import create_portal
from employer_portal.operations.jobs import jobs_of
from employer_portal.web.portal import Portal
from foundation.audit.sealing import seal
from foundation.clock import day_in_seoul
from foundation.exclusive import Exclusive
from foundation.jobs.running import Resting, run_jobs
from foundation.messages.delivery import Delivery
from foundation.messages.mailbox import DemoSmsGateway, MailReceiver
from foundation.messages.ports import HttpSmsGateway, SmsGateway, SmtpMailer
from foundation.outbox.breaker import Breaker
from foundation.outbox.commands import Handler, run_due
from foundation.outbox.leases import LEASE, Leases
from foundation.settings import SettingsError, read_settings
from foundation.tax_office.client import HttpTaxOffice
from incentives.certificates.printing import CertificatePrinting
from screening.casework.allocations import commands as allocations
from screening.demand.firm_checks import commands as firm_checks
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.printing import ContractPrinting

log = logging.getLogger("ieum.worker")
LOOK_SECONDS, POOL_SECONDS = 0.5, 60.0
"""How long a lane that found nothing to do waits."""
GRACE_SECONDS = 2.5
"""How long the end waits for what is under way."""
RESTS = (5.0, 15.0, 30.0, 60.0)
"""Seconds a kind of effect rests when its outside is away, the longer the more often in a row."""


class Worker:
    """What one worker process does; of several, each effect is leased by one, and one has the jobs and the sealing."""

    def __init__(self, portal: Portal, *, mail_port: int) -> None:
        settings, database = portal.settings, portal.database
        self.portal = portal
        self.jobs, self.resting = jobs_of(portal.pool), Resting()
        self.scheduler, self.sealer = Exclusive(database, "scheduler"), Exclusive(database, "sealer")
        gateway: SmsGateway = (
            DemoSmsGateway(database, portal.moment)
            if settings.demo and not settings.sms.url
            else HttpSmsGateway(settings.sms)
        )
        delivery = Delivery(
            database=database,
            mailer=SmtpMailer(replace(settings.mail_server, port=mail_port), settings.mail_from),
            gateway=gateway,
            public_url=settings.public_url,
            now=portal.moment,
        )
        tax_office = HttpTaxOffice(settings.tax_office_key, settings.tax_office_url)
        self.handlers: dict[str, Handler] = {
            "mail": delivery,
            "sms": delivery,
            allocations.BLOCK_KIND: allocations.Ranking(
                database=database, index=portal.pool, now=portal.moment
            ),
            allocations.SETTLE_KIND: allocations.Settling(
                database=database, index=portal.pool, now=portal.moment
            ),
            firm_checks.KIND: firm_checks.Asking(database=database, tax_office=tax_office, now=portal.moment),
            mandates.KIND: ContractPrinting(
                database=database,
                press=portal.press,
                issuer=settings.issuer,
                demo=settings.demo,
                now=portal.moment,
            ),
            "certificate": CertificatePrinting(
                database=database,
                press=portal.press,
                tax_office=tax_office,
                issuer=settings.issuer,
                public_url=settings.public_url,
                demo=settings.demo,
                now=portal.moment,
            ),
        }

    def step(self) -> int:
        """Do everything that is due now, once and in order; returns how much was done."""
        done = run_due(self.portal.database, self.handlers, now=self.portal.moment)
        done += self.keep_house()
        self.renew_pool()
        return done + self.seal()

    def keep_house(self, ending: Callable[[], bool] = lambda: False) -> int:
        """Run the jobs that are due, unless another process is the center's scheduler."""
        if not self.scheduler.take():
            return 0
        return run_jobs(
            self.portal.database, self.jobs, now=self.portal.moment, resting=self.resting, ending=ending
        )

    def seal(self) -> int:
        """Seal what was recorded since; one process of all does."""
        if not self.sealer.take():
            return 0
        with self.portal.database.write() as session:
            head = seal(session, at=self.portal.now(session))
            session.commit()
        return int(head is not None)

    def renew_pool(self) -> bool:
        """Build the pool's columns of this machine anew where many changes stand behind them; locks nothing."""
        with self.portal.database.read() as session:
            return self.portal.pool.renew(session, on=day_in_seoul(self.portal.now(session)))

    def close(self) -> None:
        """Let another process be the scheduler and the sealer."""
        self.scheduler.release()
        self.sealer.release()


class Lane:
    """One kind of work on a thread of its own, looked for again and again; another lane never waits for it."""

    def __init__(self, name: str, work: Callable[[], int], *, pause: float, ending: threading.Event) -> None:
        self.name, self._work, self._pause, self._ending = name, work, pause, ending
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                busy = self._work()
            except Exception:
                log.exception("a round of %s failed; it goes on", self.name)
                busy = 0
            if not busy:
                self._ending.wait(self._pause)


def lanes_of(worker: Worker, ending: threading.Event) -> list[Lane]:
    """Sealing first and apart; a lane for each kind of effect that waits for somebody outside; the jobs; the pool."""
    database, now = worker.portal.database, worker.portal.moment
    leases, breaker = Leases(database), Breaker(RESTS)

    def effects(*kinds: str) -> Callable[[], int]:
        handlers = {kind: worker.handlers[kind] for kind in kinds}
        return lambda: run_due(
            database, handlers, now=now, breaker=breaker, leases=leases, ending=ending.is_set
        )

    def renew() -> int:
        leases.renew()
        return 0

    def lane(name: str, work: Callable[[], int], pause: float) -> Lane:
        return Lane(name, work, pause=pause, ending=ending)

    return [
        lane("sealing", worker.seal, LOOK_SECONDS),
        lane("mail", effects("mail"), LOOK_SECONDS),
        lane("sms", effects("sms"), LOOK_SECONDS),
        lane("documents", effects(mandates.KIND, "certificate"), LOOK_SECONDS),
        lane("allocations", effects(allocations.BLOCK_KIND, allocations.SETTLE_KIND), LOOK_SECONDS),
        lane("tax office", effects(firm_checks.KIND), LOOK_SECONDS),
        lane("housekeeping", lambda: worker.keep_house(ending.is_set), LOOK_SECONDS),
        lane("pool", lambda: int(worker.renew_pool()), POOL_SECONDS),
        lane("leases", renew, LEASE.total_seconds() / 4),
    ]


def work_until(worker: Worker, ending: threading.Event) -> bool:
    """Work on all lanes until told to end; whether each stopped by itself within `GRACE_SECONDS`."""
    lanes = lanes_of(worker, ending)
    for each in lanes:
        each.thread.start()
    ending.wait()
    until = time.monotonic() + GRACE_SECONDS
    for each in lanes:
        each.thread.join(max(0.0, until - time.monotonic()))
    left = [each.name for each in lanes if each.thread.is_alive()]
    if left:
        log.warning("not waited for: %s; what was under way is done by another worker", ", ".join(left))
    return not left


def main() -> int:
    """Work until SIGTERM or SIGINT; returns the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    ending = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: ending.set())
    try:
        settings = read_settings()
        portal = create_portal(settings)
    except SettingsError as refused:
        print(refused, file=sys.stderr)
        return 1

    receiver = (
        MailReceiver(portal.database, now=portal.moment)
        if settings.demo and not settings.mail_server.port
        else None
    )
    if receiver:
        receiver.start()
    worker = Worker(portal, mail_port=receiver.port if receiver else settings.mail_server.port)
    stopped = work_until(worker, ending)
    portal.press.close()
    if not stopped:
        os._exit(0)
    worker.close()
    if receiver:
        receiver.stop()
    portal.database.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
