"""The worker: delivers the outbox, seals the audit log, and does what falls due."""

import datetime as dt
import logging
import signal
import sys
import time
from dataclasses import replace

from sqlalchemy import orm

from employer_portal.app import create_portal
from employer_portal.web.portal import Portal
from foundation.audit.sealing import seal
from foundation.clock import day_in_seoul
from foundation.messages.delivery import Delivery
from foundation.messages.letter_limits import forget_letters
from foundation.messages.mailbox import DemoSmsGateway, MailReceiver
from foundation.messages.ports import HttpSmsGateway, SmsGateway, SmtpMailer
from foundation.outbox.commands import Handler, run_due
from foundation.settings import SettingsError, read_settings
from foundation.tax_office.client import HttpTaxOffice
from incentives.certificates.printing import CertificatePrinting
from incentives.editions.commands import end_objections_due
from screening.casework.allocations import commands as allocations
from screening.casework.handovers.commands import warn_due
from screening.casework.retention.commands import ask_due
from screening.deadlines.digests import commands as digests
from screening.deadlines.reminders import commands as clocks
from screening.demand.firm_checks import commands as firm_checks
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.printing import ContractPrinting
from screening.demand.postings import commands as postings
from screening.demand.sign_ups import commands as sign_ups
from screening.pool.index import rarities
from screening.pool.searches import commands as searches

log = logging.getLogger("ieum.worker")
PAUSE_SECONDS = 0.5
CLOCK_EVERY = dt.timedelta(minutes=10)


class Worker:
    """One worker process's loop; several may run, each effect is leased by one."""

    def __init__(self, portal: Portal, *, mail_port: int) -> None:
        settings, database = portal.settings, portal.database
        self.portal = portal
        self.clocked_at: dt.datetime | None = None
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
        """Do everything that is due now; returns how much was done."""
        done = run_due(self.portal.database, self.handlers, now=self.portal.moment)
        with self.portal.database.write() as session:
            moment = self.portal.now(session)
            done += ask_due(session, at=moment)
            done += firm_checks.ask_due(session, at=moment)
            done += warn_due(session, at=moment)
            if self.clocked_at is None or moment - self.clocked_at >= CLOCK_EVERY:
                done += clocks.run_round(session, at=moment)
                done += searches.tell_new(session, index=self.portal.pool, at=moment)
                self._look_after_pool(session, moment)
                self.clocked_at = moment
            done += postings.tell_delays(session, at=moment)
            done += postings.forget_old(session, at=moment)
            done += digests.write_due(session, at=moment)
            done += sign_ups.forget_old(session, at=moment)
            done += forget_letters(session, at=moment)
            done += end_objections_due(session, at=moment)
            session.commit()
        with self.portal.database.write() as session:
            head = seal(session, at=self.portal.now(session))
            session.commit()
        return done + (head is not None)

    def _look_after_pool(self, session: orm.Session, moment: dt.datetime) -> None:
        today = day_in_seoul(moment)
        self.portal.pool.renew(session, on=today)
        if rarities.is_due(session, on=today):
            rarities.count(session, self.portal.pool.current(session, on=today).pool, on=today)


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    ending: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _frame: ending.append(number))
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
    try:
        while not ending:
            try:
                busy = worker.step()
            except Exception:
                log.exception("a round of the worker failed; it goes on")
                busy = 0
            time.sleep(0 if busy or ending else PAUSE_SECONDS)
    finally:
        if receiver:
            receiver.stop()
        portal.press.close()
        portal.database.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
