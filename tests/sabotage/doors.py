"""Known-bad patches that open a door again: to files, texts, slow senders, dead links, strangers, guessers, a demo."""

from tests.sabotage.patches import Sabotage

HOSTILE = "tests/foundation/documents/test_press_hostile.py"
LINEAR = "tests/screening/test_linear_time.py"
UNLOCKED = "tests/attacks/test_nothing_read_under_lock.py -k sqlite"
SERVER = "tests/employer_portal/operations/test_http_server.py"
LINKS = "tests/attacks/test_links_and_sessions.py"
STRANGERS = "tests/attacks/test_strangers.py"
SIGN_IN = "tests/attacks/test_sign_in.py"
START = "tests/employer_portal/operations/test_start.py"
OUTAGE = "tests/stories/test_mail_outage.py"

DOORS = (
    # ---- files --------------------------------------------------------------------------------------------------
    Sabotage(
        "what unfolds is counted",
        "foundation/documents/press/child/reading.py",
        "flate_max_memory=MOST_UNFOLDED,",
        "flate_max_memory=0,",
        f"{HOSTILE} -k 'object-stream or predictor'",
    ),
    Sabotage(
        "two files at a time",
        "foundation/documents/press/press.py",
        "most=MOST_READING,",
        "most=64,",
        f"{HOSTILE} -k third_file",
    ),
    Sabotage(
        "the next child stands ready",
        "foundation/documents/press/child_process.py",
        "            detail = self._discard()\n            self._start_next()",
        "            detail = self._discard()",
        f"{HOSTILE} -k replaced",
    ),
    Sabotage(
        "time is counted, not requests",
        "employer_portal/web/reading_time.py",
        "append((ended, ended - began))",
        "append((ended, 0.0))",
        f"{SIGN_IN} -k 'charged'",
    ),
    # ---- texts --------------------------------------------------------------------------------------------------
    Sabotage(
        "two words are two searches",
        "screening/demand/orders/rules.py",
        "        MINORS,\n        beside=PLACES,",
        '        rf"{MINORS}[^.]*?{PLACES}|{PLACES}[^.]*?{MINORS}",',
        f"{LINEAR} -k 'youth'",
    ),
    Sabotage(
        "every field to its own length",
        "screening/demand/orders/lawful.py",
        "if len(text) > LONGEST[field]:",
        "if len(text) > 10**9:",
        f"{LINEAR} -k longer_than_its_field",
    ),
    Sabotage(
        "blind texts are read in linear time",
        "screening/pool/seekers/blindness.py",
        r"[^\s@]@[^\s@]{1,100}?\.[^\s@]",
        r"[^\s@]+@[^\s@]+\.[^\s@]+",
        f"{LINEAR} -k blind_text",
    ),
    Sabotage(
        "licences in an advertisement are read in linear time",
        "screening/intake/advertisements.py",
        "[가-힣0-9]{1,20}(?:기능사",
        "[가-힣0-9]+(?:기능사",
        f"{LINEAR} -k what_reads",
    ),
    Sabotage(
        "an order is read before it is locked",
        "employer_portal/employers/drafts.py",
        "        lawful.check(terms)  # the texts are read before anything is locked\n    draft",
        "        pass\n    draft",
        UNLOCKED,
    ),
    Sabotage(
        "a correction is read before it is locked",
        "employer_portal/employers/corrections.py",
        "    lawful.check(terms)  # the texts",
        "    pass  # the texts",
        UNLOCKED,
    ),
    Sabotage(
        "a letter has few marks",
        "foundation/composing.py",
        r'_TOO_MANY.sub(r"\1", stretch[0])',
        "stretch[0]",
        f"{LINEAR} -k marks_without_end",
    ),
    # ---- the server ---------------------------------------------------------------------------------------------
    Sabotage(
        "a body is refused before it is kept",
        "employer_portal/operations/http_server.py",
        "max_request_body_size=LARGEST_BODY,",
        "max_request_body_size=1 << 30,",
        f"{SERVER} -k refused_while_sending",
    ),
    Sabotage(
        "a slow header is told so",
        "employer_portal/operations/http_server.py",
        "limit = BODY_SECONDS if self.headers_finished else HEADER_SECONDS",
        "limit = BODY_SECONDS if self.headers_finished else 3600",
        f"{SERVER} -k header_that_never_ends",
    ),
    Sabotage(
        "one answer at a time",
        "employer_portal/operations/http_server.py",
        '                    if data:\n                        request.headers["CONNECTION"], self.refused = "close", True\n'
        "                    self._serve(request)\n                    break",
        "                    self._serve(request)",
        f"{SERVER} -k sent_ahead",
    ),
    Sabotage(
        "whoever is refused reads why",
        "employer_portal/operations/http_server.py",
        "if self.refused and self.draining_since is None and self.connected:",
        "if not self.connected:",
        f"{SERVER} -k refused_while_sending",
    ),
    # ---- links and sessions -------------------------------------------------------------------------------------
    Sabotage(
        "a new invitation ends the earlier ones",
        "foundation/membership/commands.py",
        "    earlier = revoke_held(session, holder_id=account.id, purpose=LinkPurpose.INVITATION, at=at)",
        "    earlier = ()",
        f"{LINKS} -k 'sent_again and sqlite'",
    ),
    Sabotage(
        "an invitation is taken up once",
        "foundation/membership/commands.py",
        "or link.revoked_at is not None:\n        raise NotFound(OVER_INVITATION)",
        "or not link:\n        raise NotFound(OVER_INVITATION)",
        f"{LINKS} -k 'press_at_once and sqlite'",
    ),
    Sabotage(
        "rights are asked again under the lock",
        "employer_portal/web/request.py",
        "            if not accounts.still_acts(connection, token=token, actor=signed_in):",
        "            if connection.closed:",
        f"{LINKS} -k 'while_a_form and sqlite'",
    ),
    Sabotage(
        "a new password ends every session",
        "foundation/membership/commands.py",
        '    end_sessions(session, account_id=account.id, at=at)\n    record(session, "account.taken_up"',
        '    record(session, "account.taken_up"',
        f"{LINKS} -k 'choosing_a_password and sqlite'",
    ),
    Sabotage(
        "sessions end for ever with the rights",
        "foundation/membership/commands.py",
        "    end_sessions(session, account_id=account.id, at=at)\n    return revoke_held",
        "    return revoke_held",
        f"{LINKS} -k 'dead_session and sqlite'",
    ),
    Sabotage(
        "links end for ever with the rights",
        "foundation/membership/commands.py",
        "    return revoke_held(session, holder_id=account.id, at=at)",
        "    return ()",
        f"{LINKS} -k 'every_purpose and sqlite'",
    ),
    Sabotage(
        "a reader's link answers nothing",
        "employer_portal/seekers/links.py",
        "    if account.role is not Role.EMPLOYER:",
        "    if account.role is Role.SEEKER:",
        f"{LINKS} -k 'every_purpose and sqlite'",
    ),
    Sabotage(
        "a forwarded link lends no rights",
        "employer_portal/seekers/links.py",
        "    if signed_in is not None and signed_in.account_id != account.id:",
        "    if signed_in is not None and signed_in.account_id is None:",
        f"{LINKS} -k 'every_purpose and sqlite'",
    ),
    Sabotage(
        "readers are not asked",
        "foundation/accounts/queries.py",
        "_today(organisation_id).where(Account.role != Role.FIRM_READER)",
        "_today(organisation_id)",
        f"{LINKS} -k 'is_not_asked and sqlite'",
    ),
    Sabotage(
        "what an earlier version left open is ended",
        "migrations/versions/0016_links_and_sessions_end_for_good.py",
        "newer.created_at > link.created_at)",
        "newer.created_at > link.expires_at)",
        "tests/installations -k sqlite",
    ),
    # ---- strangers ----------------------------------------------------------------------------------------------
    Sabotage(
        "names lead nowhere",
        "screening/demand/sign_ups/commands.py",
        'plain_name(firm.name, field="name")',
        'plain_name("", field="name")',
        f"{STRANGERS} -k 'nobody_joins and sqlite'",
    ),
    Sabotage(
        "a firm's words carry no link",
        "foundation/messages/free_words.py",
        "if by.role in FIRM_ROLES and leads_elsewhere(text):",
        "if by.role not in FIRM_ROLES and leads_elsewhere(text):",
        f"{STRANGERS} -k 'watched and sqlite'",
    ),
    Sabotage(
        "an address is not flooded",
        "foundation/messages/letter_limits.py",
        "MOST_A_DAY = 3",
        "MOST_A_DAY = 300",
        f"{STRANGERS} -k 'three_sign_up and sqlite'",
    ),
    Sabotage(
        "a mailbox has one count",
        "foundation/messages/letter_limits.py",
        '    local = local.partition("+")[0]',
        '    local = local.partition(" ")[0]',
        f"{STRANGERS} -k 'plus and sqlite'",
    ),
    Sabotage(
        "a withdrawn invitation keeps no address",
        "foundation/membership/teams.py",
        "    if account.password_hash is None:\n        account.email",
        "    if account.email is None:\n        account.email",
        f"{STRANGERS} -k '(withdrawn or again_and) and sqlite'",
    ),
    Sabotage(
        "an invitation tells nobody who has an account",
        "foundation/membership/teams.py",
        "        return _invite_in_vain(session, known,",
        '        raise Invalid("이미 쓰이는 이메일입니다.", field="email")\n        return _invite_in_vain(session, known,',
        f"{STRANGERS} -k 'invitation_tells and sqlite'",
    ),
    Sabotage(
        "a stranger does not touch what is known of a member",
        "screening/demand/sign_ups/commands.py",
        "    if queries.member(session, sign_up) is not None:\n        return sign_up\n",
        "",
        f"{STRANGERS} -k 'which_firms and sqlite'",
    ),
    # ---- sign-in ------------------------------------------------------------------------------------------------
    Sabotage(
        "failures elsewhere lock nobody out",
        "foundation/accounts/commands.py",
        "refused = of_both >= most or",
        "refused = of_client >= CLIENT_ATTEMPTS or of_both >= most or",
        f"{SIGN_IN} -k 'sixty and sqlite'",
    ),
    Sabotage(
        "a known browser is no licence to guess",
        "foundation/accounts/commands.py",
        "(session.scalar(at_account.where(FailedSignIn.known_device)) or 0) >= ATTEMPTS",
        "False",
        f"{SIGN_IN} -k 'licence and sqlite'",
    ),
    Sabotage(
        "a page that is read waits for no writer",
        "foundation/accounts/last_seen.py",
        'threading.Thread(target=self._write, name="last-seen", daemon=True).start()',
        "self._write()",
        f"{SIGN_IN} -k 'writers_lock and sqlite'",
    ),
    Sabotage(
        "an unwritten use keeps a session",
        "foundation/accounts/commands.py",
        "    last_seen.note(row.token_hash, at=machine_at)\n",
        "",
        f"{SIGN_IN} -k 'changes_no_row and sqlite'",
    ),
    Sabotage(
        "browsers come back by https",
        "employer_portal/app.py",
        "    if settings.https:\n        app.after_request(_only_https)",
        "    if settings.demo:\n        app.after_request(_only_https)",
        f"{SIGN_IN} -k 'https_alone and sqlite'",
    ),
    Sabotage(
        "cookies over https are bound to this host",
        "employer_portal/public/signing_in.py",
        'return "__Host-ieum-device" if',
        'return "ieum-device" if',
        f"{SIGN_IN} -k 'bound_to_this_host and sqlite'",
    ),
    # ---- the start ----------------------------------------------------------------------------------------------
    Sabotage(
        "weak keys refuse the start",
        "foundation/key_file.py",
        "            _demand_strength(path, keys)",
        "            pass",
        f"{START} -k 'weak or others'",
    ),
    Sabotage(
        "a misspelt setting refuses the start",
        "foundation/settings.py",
        "    _know_every_name(env)",
        "    sorted(env)",
        f"{START} -k wrongly",
    ),
    Sabotage(
        "a demo stays at home",
        "foundation/settings.py",
        "    if host not in LOOPBACK and host != meant:",
        "    if not host:",
        f"{START} -k at_home",
    ),
    Sabotage(
        "a demo never meets real accounts",
        "demo/center.py",
        "    if (accounts and not is_demo) or (centers or 0) > 1:",
        "    if (centers or 0) > 1:",
        f"{START} -k 'real_accounts and sqlite and command'",
    ),
    Sabotage(
        "a new database is private",
        "foundation/database.py",
        "os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600",
        "os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644",
        "tests/employer_portal/operations/test_start.py -k new_database",
    ),
    # ---- mail ---------------------------------------------------------------------------------------------------
    Sabotage(
        "mail is tried for two days",
        "foundation/messages/delivery.py",
        "    gaps: ClassVar = TWO_DAYS",
        "    gaps: ClassVar = TWO_DAYS[:3]",
        f"{OUTAGE} -k 'day_and_a_half and sqlite'",
    ),
    Sabotage(
        "what was sent is not sent again",
        "foundation/outbox/commands.py",
        "sa.update(Effect).where(chosen, Effect.failed_at.is_not(None))",
        "sa.update(Effect).where(chosen)",
        f"{OUTAGE} -k '(sends_it_again or by_command) and sqlite'",
    ),
    Sabotage(
        "a dead server holds nothing else up",
        "foundation/outbox/commands.py",
        "                breaker.open(task.kind)",
        "                pass",
        f"{OUTAGE} -k 'once_a_round and sqlite'",
    ),
    Sabotage(
        "mail is never sent in the clear by accident",
        "foundation/messages/ports.py",
        "            if self.security is Security.STARTTLS:",
        "            if self.security is Security.TLS:",
        f"{OUTAGE} -k 'clear'",
    ),
    Sabotage(
        "an unknown mail server is not trusted",
        "foundation/messages/ports.py",
        "return ssl.create_default_context(cafile=self.authority or None)",
        "return ssl._create_unverified_context()",
        f"{OUTAGE} -k 'encrypted'",
    ),
    Sabotage(
        "a mail that may have arrived is not sent over and over",
        "foundation/outbox/commands.py",
        "            if isinstance(failure, Unconfirmed):",
        "            if isinstance(failure, NotYet):",
        f"{OUTAGE} -k 'without_an_answer and sqlite'",
    ),
    # ---- what a later attack found ------------------------------------------------------------------------------
    Sabotage(
        "a date in a link makes it no date",
        "foundation/messages/free_words.py",
        'LINK.search(NO_LINK.sub(" ", seen))',
        'LINK.search(HARMLESS.sub(" ", NO_LINK.sub(" ", seen)))',
        f"{STRANGERS} -k spelled",
    ),
    Sabotage(
        "a first start is made whole or not at all",
        "employer_portal/operations/schema.py",
        'lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE")',
        "lambda _connection: None",
        "tests/test_migrations.py -k killed",
    ),
    Sabotage(
        "rows of the insurance are looked up before anything is locked",
        "screening/intake/insurance.py",
        "_hires(looking or session, ",
        "_hires(session, ",
        "tests/stories/test_retention.py -k 'looked_up and sqlite'",
    ),
    Sabotage(
        "a team's invitation bars nobody from joining",
        "screening/demand/sign_ups/commands.py",
        "if known is None or is_bare_invitation(session, known)",
        "if known is None",
        f"{STRANGERS} -k 'firm_of_their_own and sqlite'",
    ),
)
