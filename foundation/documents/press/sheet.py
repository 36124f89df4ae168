"""A sheet is everything one PDF is made of; the press adds nothing to it but fonts and, when asked, the seal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

IMAGE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF: `name` with its extension, `content` as bytes, `description` for readers."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The same sheet always gives the same bytes (before the seal, whose signature differs each time).

    `html` is what stands inside `<body>`, already escaped; `css` its style sheet. Both may name the families
    'Nanum Gothic' and 'Nanum Myeongjo' (400, 700, 800) and the pictures in `images` as `asset:NAME`; any other
    address makes the press fail. `created_at` is an aware moment, `identifier` becomes the file's /ID, `pages` is
    the number of pages it must have (None: any number), `tighter_css` is added when it would have another, `seal`
    asks for the center's signature.
    """

    html: str
    css: str
    title: str
    author: str
    created_at: datetime
    identifier: str
    language: str = "ko"
    images: Mapping[str, bytes] = field(default_factory=dict)
    attachment: Attachment | None = None
    seal: bool = False
    variant: str = ""
    pages: int | None = None
    tighter_css: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError for a naive moment, fonts of its own, or a picture name outside a-z, 0-9 and . _ -"""
        if self.created_at.utcoffset() is None:
            raise ValueError("created_at must be an aware moment")
        if "@font-face" in self.css + self.tighter_css + self.html:
            raise ValueError("a sheet brings no fonts: the child would keep them for all later sheets")
        for name in self.images:
            if not IMAGE_NAME.fullmatch(name):
                raise ValueError(f"{name!r} is no name for a picture")

    @property
    def pdf_variant(self) -> str:
        """The declared PDF standard: PDF/A-4f when a file travels inside, PDF/UA-1 otherwise, or as `variant` says."""
        return self.variant or ("pdf/a-4f" if self.attachment else "pdf/ua-1")
