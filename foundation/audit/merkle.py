"""The hash tree of RFC 6962, grown one leaf at a time from the peaks of its perfect subtrees."""

import hashlib
from collections.abc import Sequence


def leaf_hash(content: bytes) -> str:
    return hashlib.sha256(b"\x00" + content).hexdigest()


def _node_hash(left: str, right: str) -> str:
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def append(peaks: Sequence[str], size: int, leaf: str) -> list[str]:
    """Peaks after one more leaf; `size` is the number of leaves before it, peaks run from largest to smallest."""
    grown = [*peaks, leaf]
    while size & 1:
        right, left = grown.pop(), grown.pop()
        grown.append(_node_hash(left, right))
        size >>= 1
    return grown


def root(peaks: Sequence[str]) -> str:
    """The tree head over all leaves; the empty tree's head is the hash of nothing (RFC 6962 §2.1)."""
    if not peaks:
        return hashlib.sha256(b"").hexdigest()
    head = peaks[-1]
    for peak in reversed(peaks[:-1]):
        head = _node_hash(peak, head)
    return head
