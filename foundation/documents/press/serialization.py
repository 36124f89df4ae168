"""How a sheet travels to the child and how facts come back."""

from dataclasses import asdict
from datetime import datetime

from foundation.documents.press.facts import Coverage, EnclosedFile, FileFacts, FileKind, SignatureFacts
from foundation.documents.press.frames import Frame, as_bytes, as_text
from foundation.documents.press.sheet import Attachment, Sheet


def sheet_to_frame(sheet: Sheet) -> Frame:
    enclosed = sheet.attachment
    return {
        "html": sheet.html,
        "css": sheet.css,
        "title": sheet.title,
        "author": sheet.author,
        "created_at": sheet.created_at.isoformat(),
        "identifier": sheet.identifier,
        "language": sheet.language,
        "images": {name: as_text(content) for name, content in sheet.images.items()},
        "attachment": enclosed and [enclosed.name, as_text(enclosed.content), enclosed.description],
        "seal": sheet.seal,
        "variant": sheet.variant,
        "pages": sheet.pages,
        "tighter_css": sheet.tighter_css,
    }


def sheet_from_frame(frame: Frame) -> Sheet:
    enclosed = frame["attachment"]
    return Sheet(
        html=frame["html"],
        css=frame["css"],
        title=frame["title"],
        author=frame["author"],
        created_at=datetime.fromisoformat(frame["created_at"]),
        identifier=frame["identifier"],
        language=frame["language"],
        images={name: as_bytes(text) for name, text in frame["images"].items()},
        attachment=Attachment(enclosed[0], as_bytes(enclosed[1]), enclosed[2]) if enclosed else None,
        seal=frame["seal"],
        variant=frame["variant"],
        pages=frame["pages"],
        tighter_css=frame["tighter_css"],
    )


def facts_to_frame(facts: FileFacts) -> Frame:
    signature = facts.signature
    signed_at = signature.signed_at if signature else None
    return {
        "kind": facts.kind.value,
        "sha256": facts.sha256,
        "enclosed": [[file.name, as_text(file.content)] for file in facts.enclosed],
        "signature": signature and asdict(signature) | {"signed_at": signed_at and signed_at.isoformat()},
    }


def facts_from_frame(frame: Frame) -> FileFacts:
    signature = frame["signature"]
    return FileFacts(
        kind=FileKind(frame["kind"]),
        sha256=frame["sha256"],
        enclosed=tuple(EnclosedFile(name, as_bytes(text)) for name, text in frame["enclosed"]),
        signature=signature and _signature(signature),
    )


def _signature(frame: Frame) -> SignatureFacts:
    return SignatureFacts(
        intact=frame["intact"] is True,
        coverage=Coverage(frame["coverage"]),
        covered_sha256=frame["covered_sha256"],
        signer_sha256=frame["signer_sha256"],
        signer_name=frame["signer_name"],
        signed_at=datetime.fromisoformat(frame["signed_at"]) if frame["signed_at"] else None,
        timestamped=frame["timestamped"] is True,
    )
