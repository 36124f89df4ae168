"""Known-bad patches: each breaks one promise in one place, and the tests named beside it must turn red."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sabotage:
    """Replace `good` by `bad` in `file`; then `tests` (pytest's own arguments) must fail."""

    promise: str
    file: str
    good: str
    bad: str
    tests: str

    @property
    def name(self) -> str:
        return self.promise.replace(" ", "-")


ACCESS = "tests/employer_portal/test_access.py -k sqlite"
TENANCY = "tests/employer_portal/test_tenancy.py -k sqlite"
MATCHING = "tests/screening/matching"

JOINING = "tests/stories/test_joining.py -k sqlite"

SABOTAGES = (
    # ---- who may call what, and whose it is ---------------------------------------------------------------------
    Sabotage(
        "a route without callers stops the start",
        "employer_portal/app.py",
        "    if missing:\n",
        "    if not app and missing:\n",
        "tests/employer_portal/test_access.py -k nobody_declared",
    ),
    Sabotage(
        "a route is called by its roles only",
        "employer_portal/web/areas.py",
        "if callers is not None and signed_in.role not in callers:",
        "if callers is not None and not callers:",
        ACCESS,
    ),
    Sabotage(
        "a form needs its token",
        "employer_portal/app.py",
        "WTF_CSRF_TIME_LIMIT=8 * 3600,",
        "WTF_CSRF_TIME_LIMIT=8 * 3600, WTF_CSRF_CHECK_DEFAULT=False,",
        ACCESS,
    ),
    Sabotage(
        "no script but our own",
        "employer_portal/app.py",
        "script-src 'self';",
        "script-src 'self' 'unsafe-inline';",
        ACCESS,
    ),
    Sabotage(
        "a firm sees its own orders",
        "screening/orders/queries.py",
        "return orders.where(JobOrder.employer_id == viewer.organisation_id)",
        "return orders",
        TENANCY,
    ),
    Sabotage(
        "a firm sees its own drafts",
        "screening/orders/queries.py",
        "if found is None or found.employer_id != viewer.organisation_id:",
        "if found is None:",
        TENANCY,
    ),
    Sabotage(
        "a firm answers its own proposals",
        "screening/referrals/queries.py",
        "Referral.employer_id == viewer.organisation_id, Referral.state.in_(SHOWN_TO_FIRM)",
        "Referral.state.in_(SHOWN_TO_FIRM)",
        TENANCY,
    ),
    Sabotage(
        "an agency sees whom it sent",
        "screening/seekers/queries.py",
        "return seekers.where(Seeker.agency_id == viewer.organisation_id)",
        "return seekers",
        TENANCY,
    ),
    Sabotage(
        "a chamber sees its own district",
        "incentives/editions/queries.py",
        "return scores.where(published, EditionScore.district == viewer.district)",
        "return scores.where(published)",
        "tests/stories/test_whole_chain.py -k sqlite",
    ),
    Sabotage(
        "rights end with the account",
        "center/accounts/commands.py",
        "    if account is None or account.disabled_at is not None:\n        return None",
        "    if account is None:\n        return None",
        "tests/employer_portal/test_attacks.py tests/employer_portal/test_access.py -k sqlite",
    ),
    Sabotage(
        "a session ends on the server",
        "center/accounts/commands.py",
        "        row.ended_at = machine_at\n",
        "",
        ACCESS,
    ),
    Sabotage(
        "guessing is slowed down",
        "center/accounts/commands.py",
        "ATTEMPTS = 10\n",
        "ATTEMPTS = 10_000\n",
        ACCESS,
    ),
    Sabotage(
        "reading changes nothing",
        "center/database.py",
        "{'ON' if reader else 'OFF'}",
        "{'OFF' if reader else 'OFF'}",
        "tests/center/test_audit.py -k sqlite",
    ),
    # ---- once, whole, recorded ----------------------------------------------------------------------------------
    Sabotage(
        "a writer holds the lock from its first word",
        "center/database.py",
        '"BEGIN" if reader else "BEGIN IMMEDIATE"',
        '"BEGIN" if reader else "BEGIN DEFERRED"',
        "tests/center tests/stories/test_races.py -k sqlite",
    ),
    Sabotage(
        "numbers have no gap and no double",
        "center/numbers.py",
        ".values(last=NumberSeries.last + 1)",
        ".values(last=1 + (session.scalar(sa.select(NumberSeries.last).where("
        "NumberSeries.series == series)) or 0))",
        "tests/center/test_numbers.py -k postgres",
    ),
    Sabotage(
        "headcount is never overfilled",
        "screening/placements/commands.py",
        "    if order.filled >= order.headcount:\n        raise HeadcountReached\n",
        "",
        "tests/stories/test_races.py",
    ),
    Sabotage(
        "an effect is done once",
        "center/outbox/commands.py",
        "sa.or_(Effect.leased_until.is_(None), Effect.leased_until < dt.datetime.now(dt.UTC)),",
        "",
        "tests/center/test_outbox.py",
    ),
    Sabotage(
        "a failed effect is tried again",
        "center/outbox/commands.py",
        "            _postpone(database, task, failure, at=now())\n        except Exception",
        "            pass\n        except Exception",
        "tests/center/test_outbox.py -k sqlite",
    ),
    Sabotage(
        "an order is filed once",
        "screening/orders/queries.py",
        "found = session.get(OrderDraft, draft_id, with_for_update=lock, populate_existing=lock)",
        "found = session.get(OrderDraft, draft_id)",
        "tests/stories/test_races.py",
    ),
    Sabotage(
        "a change without a record cannot commit",
        "center/audit/guard.py",
        "    if missing:\n",
        "    if missing and not recorded and missing is None:\n",
        "tests/center/test_audit.py -k sqlite",
    ),
    Sabotage(
        "a look at a name is written down",
        "employer_portal/web/request.py",
        "    if looks:\n        _write_looks(looks, moment)\n",
        "",
        "tests/center/test_identity.py -k sqlite",
    ),
    Sabotage(
        "an erased person is gone",
        "center/identity/records.py",
        "        session.delete(record)\n",
        "        pass\n",
        "tests/center/test_identity.py -k sqlite",
    ),
    # ---- what the firm has handed over, and to whom one said yes ---------------------------------------------------
    Sabotage(
        "a mandate ends",
        "screening/mandates/commands.py",
        "            Mandate.valid_until > day_in_seoul(at),\n",
        "",
        "tests/stories/test_mandate_and_consent.py -k sqlite",
    ),
    Sabotage(
        "a power kept back stops the center",
        "screening/mandates/commands.py",
        "    if power not in powers_of(session, order.id, at=at):\n",
        "    if mandate is None:\n",
        "tests/stories/test_mandate_and_consent.py -k sqlite",
    ),
    Sabotage(
        "a lead is not worked",
        "screening/orders/policies.py",
        "    if order.status is OrderStatus.LEAD:\n",
        "    if order.status is OrderStatus.CLOSED:\n",
        "tests/stories/test_mandate_and_consent.py -k sqlite",
    ),
    Sabotage(
        "criteria come before the first look",
        "screening/referrals/queries.py",
        "    if sheet is None:\n        raise CriteriaNotFixed\n",
        "",
        "tests/stories/test_whole_chain.py -k sqlite",
    ),
    Sabotage(
        "names leave with the consent",
        "screening/consents/queries.py",
        "if each.state in NAMED_TO_FIRM and covering(session, each.id, on=on) is not None",
        "if each.state is not None",
        TENANCY,
    ),
    Sabotage(
        "a link ends",
        "employer_portal/seekers/links.py",
        "    if now() > link.expires_at:\n        raise NotFound(",
        "    if link.expires_at is None:\n        raise NotFound(",
        "tests/stories/test_mandate_and_consent.py -k sqlite",
    ),
    Sabotage(
        "an order closes when everybody was told",
        "screening/outcomes/commands.py",
        "        if waiting:\n            raise NotEveryoneTold",
        "        if waiting is None:\n            raise NotEveryoneTold",
        "tests/stories/test_whole_chain.py -k sqlite",
    ),
    # ---- fair and explained -----------------------------------------------------------------------------------------
    Sabotage(
        "the reasons are the score",
        "screening/matching/scoring.py",
        "scores += weight * found.of(criterion).astype(np.int64)",
        "scores += weight * found.of(criterion).astype(np.int64) + (criterion == 'text')",
        MATCHING,
    ),
    Sabotage(
        "ties fall to who came first",
        "screening/matching/scoring.py",
        "np.lexsort((rows, -scores))",
        "np.lexsort((-rows, -scores))",
        MATCHING,
    ),
    Sabotage(
        "nothing protected is in the arrays",
        "screening/matching/pool.py",
        "    commute_bits: int\n",
        "    birth_year: int\n    commute_bits: int\n",
        MATCHING,
    ),
    Sabotage(
        "blind text tells nobody",
        "screening/seekers/blindness.py",
        "        bool(REVEALING.search(seen))\n        or ",
        "        ",
        "tests/employer_portal/test_attacks.py -k blind",
    ),
    Sabotage(
        "the pool follows who leaves",
        "screening/pool_index/snapshot.py",
        "            if stamp != self._stamp:\n",
        "            if self._stamp is None:\n",
        "tests/screening/pool_index -k sqlite",
    ),
    Sabotage(
        "equal firms share a rank",
        "incentives/scoring/ranking.py",
        'side="left") + 1',
        'side="right")',
        "tests/incentives/scoring",
    ),
    Sabotage(
        "a hire counts from its ninetieth day",
        "incentives/evidence/facts.py",
        "counted=passed and stayed,",
        "counted=True,",
        "tests/incentives/evidence -k sqlite",
    ),
    Sabotage(
        "the minimum wage is the law's",
        "screening/orders/lawful.py",
        "    if gap < 0:\n",
        "    if gap < -100_000:\n",
        "tests/screening/orders",
    ),
    # ---- certificates ---------------------------------------------------------------------------------------------
    Sabotage(
        "green needs the register too",
        "incentives/certificates/verdict.py",
        "return self.outcome is FileOutcome.ORIGINAL and self.status is RegisterStatus.VALID",
        "return self.outcome is FileOutcome.ORIGINAL",
        "tests/incentives/certificates/test_file_verdict.py",
    ),
    Sabotage(
        "an appended file is no original",
        "incentives/certificates/verdict.py",
        "if facts.sha256 == issued_sha256:",
        "if sound is not None and issued_sha256 in (facts.sha256, sound.covered_sha256):",
        "tests/incentives/certificates",
    ),
    Sabotage(
        "a suspension shows at once",
        "incentives/certificates/queries.py",
        "    if certificate.status is CertificateStatus.SUSPENDED:\n        return RegisterStatus.SUSPENDED\n",
        "",
        "tests/stories/test_certificates.py -k sqlite",
    ),
    # ---- bad input ------------------------------------------------------------------------------------------------
    Sabotage(
        "a number too large is a bad request",
        "employer_portal/web/errors.py",
        "    @app.errorhandler(OverflowError)\n",
        "",
        "tests/employer_portal/test_bad_input.py -k 'sqlite and address'",
    ),
    Sabotage(
        "what is no number is said at its field",
        "employer_portal/web/forms.py",
        'raise ValueError("숫자로 적어 주세요.")',
        'raise OverflowError("no number")',
        "tests/employer_portal/test_bad_input.py -k sqlite",
    ),
    Sabotage(
        "a text stays a text in a spreadsheet",
        "employer_portal/web/downloads.py",
        "                    if isinstance(value, str):\n",
        '                    if isinstance(value, str) and value.startswith("="):\n'
        "                        sheet.write_formula(line, column, value)\n"
        "                    elif isinstance(value, str):\n",
        "tests/employer_portal/test_downloads.py",
    ),
    Sabotage(
        "no telephone number of the feed is kept",
        "screening/imports/feed/contacts.py",
        "((_SPOKEN_MOBILE, 1), (_SPOKEN_LANDLINE, 3))",
        "((_SPOKEN_LANDLINE, 3),)",
        "tests/screening/imports/feed/test_feed_contacts.py",
    ),
    # ---- joining, teams -----------------------------------------------------------------------------------------
    Sabotage(
        "a contact of the applicant proves nothing",
        "screening/sign_ups/commands.py",
        "if contact.strip().lower() in (sign_up.email, sign_up.phone):",
        "if not contact:",
        JOINING,
    ),
    Sabotage(
        "five wrong codes are the last",
        "screening/sign_ups/commands.py",
        "if sign_up.code_tries >= CODE_TRIES:",
        "if sign_up.code_tries > CODE_TRIES:",
        JOINING,
    ),
    Sabotage(
        "a firm the tax office speaks against stays outside",
        "screening/sign_ups/commands.py",
        "if check is not None and check.against:",
        "if check is None:",
        JOINING,
    ),
    Sabotage(
        "the last owner cannot leave",
        "center/accounts/teams.py",
        "    if not left:\n        raise LastOwner",
        "    if left is None:\n        raise LastOwner",
        JOINING,
    ),
    Sabotage(
        "two owners cannot leave at once",
        "center/accounts/teams.py",
        "    session.get_one(Organisation, by.organisation_id, with_for_update=True)\n    return _end(",
        "    return _end(",
        'tests/stories/test_joining.py -k "two_owners and postgres"',
    ),
    Sabotage(
        "no paper for a firm that has closed",
        "incentives/certificates/printing.py",
        "if answered(claim, answers, at=self.now()).against:",
        "if answered(claim, answers, at=self.now()).failure == 'x':",
        "tests/stories/test_certificates.py -k closed_gets_no_paper",
    ),
    Sabotage(
        "an answer that drips in is none",
        "center/tax_office/client.py",
        "if time.monotonic() > until:",
        "if until < 0:",
        "tests/center/tax_office",
    ),
    # ---- the order form -----------------------------------------------------------------------------------------
    Sabotage(
        "an exception needs an officer's yes",
        "screening/orders/commands.py",
        "if any(not each.allowed for each in order.exceptions):",
        "if any(each.allowed is False for each in order.exceptions if not each.reason):",
        "tests/stories/test_order_form.py -k sqlite",
    ),
    Sabotage(
        "an exception needs a reason",
        "screening/orders/lawful.py",
        'len(reasons.get(finding.ground, "").strip()) < SHORTEST_REASON',
        'len(reasons.get(finding.ground, "").strip()) < 0',
        "tests/stories/test_order_form.py -k sqlite",
    ),
    Sabotage(
        "probation is never below nine tenths",
        "screening/orders/lawful.py",
        "if why or paid * 10 < lowest * 9:",
        "if why:",
        "tests/stories/test_order_form.py -k sqlite",
    ),
    Sabotage(
        "what a pasted advertisement left unsaid is marked as guessed",
        "screening/imports/advertisements.py",
        "            if guessed:\n                self.guessed.add(name)",
        "            self.guessed.discard(name)",
        "tests/stories/test_order_form.py -k read_and_what",
    ),
    # ---- changed terms, mandates ---------------------------------------------------------------------------------
    Sabotage(
        "worse terms wait for a yes",
        "screening/amendments/commands.py",
        "allowed=None if losses else True,",
        "allowed=True,",
        "tests/stories/test_amendments.py -k sqlite",
    ),
    Sabotage(
        "everyone is told of worse terms",
        "screening/amendments/commands.py",
        "    for seeker_id in people:\n",
        "    for seeker_id in people[:1]:\n",
        "tests/stories/test_amendments.py -k sqlite",
    ),
    Sabotage(
        "a signature needs its code",
        "center/accounts/confirmations.py",
        "if not secrets.compare_digest(confirmation.code_hash,",
        "if not code and not secrets.compare_digest(confirmation.code_hash,",
        "tests/stories/test_handovers.py -k sqlite",
    ),
    Sabotage(
        "a permission lasts seven days and no power more",
        "screening/mandates/queries.py",
        "found[permission.order_id].add(permission.power)",
        "found[permission.order_id].discard(permission.power)",
        "tests/stories/test_handovers.py -k sqlite",
    ),
    Sabotage(
        "a narrower mandate hands work over",
        "screening/handovers/commands.py",
        "    if lost:\n",
        "    if lost and not had:\n",
        "tests/stories/test_handovers.py -k sqlite",
    ),
    # ---- clock, shortlist ----------------------------------------------------------------------------------------
    Sabotage(
        "a paused clock reminds of nothing",
        "screening/clocks/commands.py",
        "        if each.paused is not None:\n            continue\n",
        "",
        "tests/screening/test_clocks.py -k sqlite",
    ),
    Sabotage(
        "a pause moves the due day",
        "screening/progress/pauses.py",
        "due_on = add_business_days(due_on, still)",
        "due_on = add_business_days(due_on, 0)",
        "tests/screening/test_clocks.py",
    ),
    Sabotage(
        "nobody is left in the dark when a clock closes",
        "screening/clocks/commands.py",
        "        if outcomes.waiting_for_word(session, order.id):\n",
        "        if not order.title:\n",
        "tests/screening/test_clocks.py -k sqlite",
    ),
    Sabotage(
        "a firm's raw reason reaches nobody",
        "screening/outcomes/commands.py",
        "{PASSED_OVER_WORDS[referral.pass_over_reason]}.",
        "{referral.pass_over_note}.",
        "tests/stories/test_shortlists.py -k sqlite",
    ),
    Sabotage(
        "a shortlist link ends when it is renewed",
        "screening/shortlists/commands.py",
        '    link.revoked_at = at\n    record(session, "shortlist.link_renewed"',
        '    record(session, "shortlist.link_renewed"',
        "tests/stories/test_shortlists.py -k sqlite",
    ),
    Sabotage(
        "no question turns on age or sex",
        "screening/shortlists/commands.py",
        'text=_lawful(text, field=f"question-{referral_id}"),',
        "text=text.strip()[:500],",
        "tests/stories/test_shortlists.py -k sqlite",
    ),
    # ---- interviews, decision, retention -------------------------------------------------------------------------
    Sabotage(
        "one time is one person's",
        "screening/interviews/slots.py",
        "    if holder is not None and holder != referral.id:\n        raise SlotTaken\n",
        "    del holder\n",
        "tests/stories/test_interviews.py -k 'two_people and sqlite'",
    ),
    Sabotage(
        "too few times are said before",
        "screening/interviews/slots.py",
        "if len(people) > len(times) and not knowing:",
        "if len(people) > len(times) + 99 and not knowing:",
        "tests/stories/test_interviews.py -k 'too_few and sqlite'",
    ),
    Sabotage(
        "a moved interview moves in calendars",
        "screening/interviews/commands.py",
        "    else:\n        interview.sequence += 1\n",
        "    else:\n        interview.sequence += 0\n",
        "tests/stories/test_interviews.py -k 'uid and sqlite'",
    ),
    Sabotage(
        "the firm's words are the ones people read",
        "screening/outcomes/commands.py",
        "    if order.outcome_words:\n",
        "    if not order.title:\n",
        "tests/stories/test_decisions.py -k sqlite",
    ),
    Sabotage(
        "two words that differ count as none",
        "screening/retention/commands.py",
        "    if check.person_answer not in (None, answer):\n",
        "    if check.person_answer is check and answer:\n",
        "tests/stories/test_retention.py -k 'differ and sqlite'",
    ),
    Sabotage(
        "the insurance wins",
        "screening/imports/insurance.py",
        "        stayed = last_day is None or check.due_on <= last_day\n",
        "        stayed = last_day is None or bool(check.due_on)\n",
        "tests/stories/test_retention.py -k 'insurance_wins and sqlite'",
    ),
    # ---- notices, postings, paper ----------------------------------------------------------------------------------
    Sabotage(
        "a digest leaves out what was done",
        "screening/digests/commands.py",
        "if not notice.task or tasks.get(notice.about_id, notice.task) == notice.task:",
        "if notice.about_id or tasks:",
        "tests/stories/test_notices.py -k 'leaves_out and sqlite'",
    ),
    Sabotage(
        "opening an unsubscribe page changes nothing and needs its proof",
        "employer_portal/seekers/unsubscribing.py",
        "    if proof != mark(db(), account_id, wanted):\n",
        "    unsubscribe(db(), account_id=account_id, topic=wanted, proof=proof, at=now())\n    if not proof:\n",
        "tests/stories/test_notices.py -k 'one_click and sqlite'",
    ),
    Sabotage(
        "a posting closes by itself",
        "screening/postings/queries.py",
        "in_time = order.closes_on is None or on <= order.closes_on",
        "in_time = order.closes_on is None or on is not None",
        "tests/stories/test_postings.py -k 'closes_by_itself and sqlite'",
    ),
    Sabotage(
        "only what was posted is public",
        "screening/postings/queries.py",
        "            JobOrder.posted,\n            JobOrder.approved_at",
        "            JobOrder.approved_at",
        "tests/stories/test_postings.py -k 'not_posted and sqlite'",
    ),
    Sabotage(
        "a spreadsheet names nobody beyond consent",
        "employer_portal/web/roll.py",
        "named = consents.named(db(), order, people, viewer=actor(), on=today())",
        "from center.identity import records\n\n    named = records.look(\n        db(),\n        seeker_ids=[each.seeker_id for each in people],"
        '\n        fields=("name",),\n        purpose="x",\n        viewer=actor(),\n    )',
        "tests/stories/test_paper.py -k 'both_yeses and sqlite'",
    ),
    Sabotage(
        "another site's form is never held",
        "employer_portal/web/held.py",
        '        return site == "same-origin"\n',
        "        return bool(site)\n",
        "tests/stories/test_held_forms.py -k 'another_sites and sqlite'",
    ),
    Sabotage(
        "a held form is only the portal's own",
        "employer_portal/web/held.py",
        "action, fields = _signer().loads(text, max_age=KEPT_SECONDS)",
        'action, fields = _signer().loads_unsafe(text)[1] or ("", ())',
        "tests/stories/test_held_forms.py -k 'forged and sqlite'",
    ),
    Sabotage(
        "an old tab overwrites nothing",
        "screening/orders/commands.py",
        "if shown is None or name not in shown or _line_ends",
        "if shown is not name or _line_ends",
        "tests/stories/test_order_form.py -k 'two_tabs and sqlite'",
    ),
)
