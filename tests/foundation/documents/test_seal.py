"""The seal: kept in private files, refused when it is not usable, put under a file so that nothing may follow."""

import datetime as dt
import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from foundation.documents.press.failures import PressFailed
from foundation.documents.press.keys import SealUnusable, create_demo_seal, load_seal
from foundation.documents.press.press import Press
from foundation.documents.press.sheet import Attachment
from tests.sheets import PressMaker, a_sheet

pytest_plugins = ["tests.press_fixture"]

NOW = dt.datetime.now(dt.UTC)
RECORD = Attachment("record.json", b"{}", "record")


def test_a_demo_seal_is_private_and_loads_again(tmp_path: Path) -> None:
    made = create_demo_seal(tmp_path / "seal", "센터장", NOW)
    assert load_seal(tmp_path / "seal").fingerprint == made.fingerprint
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "seal").iterdir())
    assert "PRIVATE" not in repr(made)
    assert made.valid_at(NOW)
    assert not made.valid_at(NOW + dt.timedelta(days=365 * 5))


def test_a_seal_is_never_written_over(tmp_path: Path) -> None:
    create_demo_seal(tmp_path, "센터장", NOW)
    with pytest.raises(SealUnusable, match="is not empty"):
        create_demo_seal(tmp_path, "센터장", NOW)
    assert [path.name for path in tmp_path.parent.iterdir() if path.name.startswith(".seal-")] == []


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    create_demo_seal(tmp_path, "센터장", NOW)
    (tmp_path / "seal.key.pem").chmod(0o644)
    with pytest.raises(SealUnusable, match="owner only"):
        load_seal(tmp_path)


def test_a_key_of_another_certificate_is_not_used(tmp_path: Path) -> None:
    create_demo_seal(tmp_path / "a", "센터장", NOW)
    create_demo_seal(tmp_path / "b", "센터장", NOW)
    (tmp_path / "a" / "seal.pem").write_bytes((tmp_path / "b" / "seal.pem").read_bytes())
    with pytest.raises(SealUnusable, match="no elliptic-curve key of"):
        load_seal(tmp_path / "a")


def test_a_missing_seal_is_said(new_press: PressMaker, tmp_path: Path) -> None:
    for folder in (None, tmp_path):
        with pytest.raises(PressFailed, match="서명 열쇠"):
            new_press(seal_dir=folder).print(a_sheet(seal=True))


def test_an_expired_seal_does_not_sign(new_press: PressMaker, tmp_path: Path) -> None:
    create_demo_seal(tmp_path, "센터장", NOW - dt.timedelta(days=365 * 4))
    with pytest.raises(PressFailed, match="유효기간 밖"):
        new_press(seal_dir=tmp_path).print(a_sheet(seal=True))


def test_a_new_key_signs_and_the_old_file_stays_as_it_was(new_press: PressMaker, tmp_path: Path) -> None:
    prints = {}
    for name in ("old", "new"):
        create_demo_seal(tmp_path / name, "센터장", NOW)
        prints[name] = new_press(seal_dir=tmp_path / name).print(a_sheet(seal=True))
    reader = new_press()
    facts = {name: reader.inspect(pdf).signature for name, pdf in prints.items()}
    for name, signature in facts.items():
        assert signature is not None
        assert signature.intact
        assert signature.signer_sha256 == load_seal(tmp_path / name).fingerprint


def test_the_signature_holds_for_an_independent_reader(press: Press, seal_folder: Path) -> None:
    """PAdES, trusted under our authority, covering the whole file, certifying that nothing may change."""
    authority = asn1_x509.Certificate.load(load_seal(seal_folder).authority[0].public_bytes(Encoding.DER))
    signed = press.print(a_sheet(attachment=RECORD, seal=True))
    signature = PdfFileReader(io.BytesIO(signed)).embedded_signatures[0]
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[authority]))
    assert status.bottom_line
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level.value == 1
    assert signature.field_name == "CenterSeal"
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        assert pdf.pdf_version == "2.0"
        assert pdf.open_metadata()["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "F"
        assert "/StructTreeRoot" in pdf.Root


@pytest.fixture(scope="module")
def time_authority() -> Iterator[str]:
    """A time-stamping authority on loopback; under /broken it answers nonsense."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "시험용 시각 확인 기관")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - dt.timedelta(days=1))
        .not_valid_after(NOW + dt.timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
    )

    class Stamps(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(question)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(b"nonsense" if self.path == "/broken" else answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stamps)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_time_stamp_is_added_when_an_authority_is_named(new_press: PressMaker, time_authority: str) -> None:
    press = new_press(tsa_url=time_authority)
    signature = press.inspect(press.print(a_sheet(attachment=RECORD, seal=True))).signature
    assert signature is not None
    assert signature.intact
    assert signature.timestamped


@pytest.mark.parametrize("way", ["/broken", None], ids=["nonsense", "nobody there"])
def test_without_its_time_stamp_nothing_is_signed(
    new_press: PressMaker, time_authority: str, way: str | None
) -> None:
    press = new_press(tsa_url=f"{time_authority}{way}" if way else "http://127.0.0.1:9/")
    with pytest.raises(PressFailed, match="시각 확인 기관이 답하지 않아"):
        press.print(a_sheet(seal=True))
