"""The center's signature: PAdES B-B over the whole file, B-T when a time-stamping authority is named."""

import io
from datetime import UTC, datetime

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from foundation.documents.press.child.timestamping import TimeAuthority
from foundation.documents.press.failures import PressFailed
from foundation.documents.press.keys import Seal

FIELD = "CenterSeal"
RESERVED, RESERVED_WITH_TIME = 8192, 24576
"""Hex digits kept free for the signature; a time stamp brings its authority's certificates along."""
LONGEST_SIGNATURE = 72
"""Bytes of an ECDSA P-256 signature in DER."""


class _SealSigner(signers.Signer):
    """Signs with a key that was loaded once; pyHanko's own signer reads the key again for every file."""

    def __init__(self, seal: Seal) -> None:
        certificate, *chain = (_for_pyhanko(each) for each in (seal.certificate, *seal.authority))
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(chain)
        self._key = seal.key
        super().__init__(signing_cert=certificate, cert_registry=store)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(LONGEST_SIGNATURE)
        if digest_algorithm != "sha256":
            raise SigningError(f"the seal signs SHA-256, not {digest_algorithm}")
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


class Sealer:
    """Puts the seal under a finished PDF as an incremental update that allows no change after it (DocMDP 1)."""

    def __init__(self, seal: Seal, tsa_url: str) -> None:
        self._seal = seal
        self._reserved = RESERVED_WITH_TIME if tsa_url else RESERVED
        self._signer = signers.PdfSigner(
            signers.PdfSignatureMetadata(
                field_name=FIELD,
                subfilter=fields.SigSeedSubFilter.PADES,
                md_algorithm="sha256",
                certify=True,
                docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            ),
            _SealSigner(seal),
            timestamper=TimeAuthority(tsa_url) if tsa_url else None,
            new_field_spec=fields.SigFieldSpec(
                FIELD, invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True)
            ),
        )

    def sign(self, pdf: bytes) -> bytes:
        """The signed file; raises PressFailed when the certificate has run out or no time stamp was given."""
        if not self._seal.valid_at(datetime.now(UTC)):
            raise PressFailed(
                "센터의 서명 인증서가 유효기간 밖에 있어 서명하지 못했습니다. 관리자에게 알려 주세요."
            )
        signed = io.BytesIO()
        try:
            self._signer.sign_pdf(
                IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=self._reserved, output=signed
            )
        except TimestampRequestError as failure:
            raise PressFailed(
                "시각 확인 기관이 답하지 않아 서명하지 못했습니다.", detail=repr(failure)
            ) from failure
        return signed.getvalue()


def _for_pyhanko(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
