"""The faces every sheet may use, where npm puts them, and the empty font world they are used in."""

import os
from dataclasses import dataclass
from pathlib import Path

FONT_RULES = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Face:
    """One TTF of a family; `path` is relative to the folder of npm packages."""

    family: str
    weight: int
    path: str

    @property
    def name(self) -> str:
        return f"{self.family.lower().replace(' ', '-')}-{self.weight}"


def _faces(family: str, package: str, stem: str) -> tuple[Face, ...]:
    cuts = {400: "400Regular", 700: "700Bold", 800: "800ExtraBold"}
    return tuple(
        Face(family, weight, f"@expo-google-fonts/{package}/{cut}/{stem}_{cut}.ttf")
        for weight, cut in cuts.items()
    )


FACES = (
    *_faces("Nanum Gothic", "nanum-gothic", "NanumGothic"),
    *_faces("Nanum Myeongjo", "nanum-myeongjo", "NanumMyeongjo"),
)


def missing_faces(assets_dir: Path) -> list[str]:
    """File names of the faces that are not there; empty when the fonts are installed."""
    return [Path(face.path).name for face in FACES if not (assets_dir / face.path).is_file()]


def font_rules(cache_dir: Path) -> Path:
    """A fontconfig file that knows no font of the machine, so that a sheet looks the same everywhere."""
    folder = cache_dir / "fontconfig"
    folder.mkdir(parents=True, exist_ok=True)
    rules = folder / "fonts.conf"
    half = rules.with_suffix(f".{os.getpid()}")
    half.write_text(FONT_RULES.format(cache=folder), encoding="utf-8")
    return half.replace(rules)
