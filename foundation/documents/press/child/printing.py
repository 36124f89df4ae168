"""The printing task: a sheet in, a PDF out, sealed when the sheet asks for it."""

from collections.abc import Callable
from pathlib import Path

from foundation.documents.press.child.fonts import Fonts
from foundation.documents.press.child.signing import Sealer
from foundation.documents.press.child.typesetting import Typesetter
from foundation.documents.press.failures import PressFailed
from foundation.documents.press.frames import Frame, as_text
from foundation.documents.press.keys import SealUnusable, load_seal
from foundation.documents.press.serialization import sheet_from_frame


def take_up(setup: Frame) -> Callable[[Frame], Frame]:
    """The work of a child that was set up with `assets_dir`, `cache_dir`, `seal_dir` or None, and `tsa_url`."""
    typesetter = Typesetter(Fonts(Path(setup["assets_dir"]), Path(setup["cache_dir"])))
    sealer: Sealer | None = None

    def work(request: Frame) -> Frame:
        nonlocal sealer
        sheet = sheet_from_frame(request["sheet"])
        if sheet.seal and sealer is None:
            sealer = _sealer(setup)
        pdf = typesetter.set(sheet)
        return {"pdf": as_text(sealer.sign(pdf) if sheet.seal and sealer else pdf)}

    return work


def _sealer(setup: Frame) -> Sealer:
    if setup["seal_dir"] is None:
        raise PressFailed("서명 열쇠가 설정되지 않아 서명하지 못했습니다.")
    try:
        return Sealer(load_seal(Path(setup["seal_dir"])), setup["tsa_url"])
    except SealUnusable as unusable:
        raise PressFailed("서명 열쇠를 쓸 수 없어 서명하지 못했습니다.", detail=str(unusable)) from unusable
