"""Parent and child speak in frames over two pipes: four bytes of length, then JSON in ASCII."""

import base64
import json
from typing import IO, Any

Frame = dict[str, Any]
LARGEST_FRAME = 64 * 1024 * 1024
"""Bytes; neither side believes a longer one."""


class BrokenFrame(Exception):
    """The other side sent something that is no frame."""


def write_frame(stream: IO[bytes], frame: Frame) -> None:
    """Send one frame; raises OSError when the other side is gone."""
    body = json.dumps(frame).encode("ascii")
    stream.write(len(body).to_bytes(4, "big") + body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Frame | None:
    """The next frame, or None when the other side closed the pipe between or inside frames."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    length = int.from_bytes(head, "big")
    if length > LARGEST_FRAME:
        raise BrokenFrame(f"a frame of {length} bytes")
    body = stream.read(length)
    if len(body) < length:
        return None
    frame = json.loads(body)
    if not isinstance(frame, dict):
        raise BrokenFrame("a frame that is no object")
    return frame


def as_text(content: bytes) -> str:
    """Bytes as they stand in a frame."""
    return base64.b64encode(content).decode("ascii")


def as_bytes(text: str) -> bytes:
    """Bytes out of a frame."""
    return base64.b64decode(text, validate=True)
