"""The key file: sealing keys, the index key and the secret of the form cookies, in a file nobody else can read."""

import base64
import contextlib
import itertools
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from foundation.vault import Vault

FEWEST_SIGNS = 18
"""Different bytes (or letters) in a key; 32 random ones hardly ever have fewer than 24."""
FEWEST_STEPS = 8
"""Different distances from one byte to the next; a counted or repeated row has one or a few."""
SHORTEST_SECRET, SHORTEST_INDEX_KEY = 32, 32


class KeysUnusable(RuntimeError):
    """The key file cannot be used; the message is one sentence for the person starting the program."""


@dataclass(frozen=True)
class Keys:
    """What the key file holds."""

    vault: Vault
    session: str


def read_keys(path: Path, *, may_create: bool) -> Keys:
    """The keys of a center, made on the way when `may_create` and there are none; raises `KeysUnusable`.

    A center whose keys are not made for it (`may_create` is False) must bring strong ones in a file of its own.
    """
    try:
        if not path.exists():
            if not may_create:
                raise KeysUnusable(f"The key file {path.name} is missing; IEUM_KEYS must name it.")
            _create(path)
        kept = json.loads(path.read_text())
        keys = Keys(vault=Vault.from_text(kept["sealing"], kept["index"]), session=kept["session"])
        if not may_create:
            _demand_strength(path, keys)
            _demand_difference(path, (kept["session"], kept["index"], *kept["sealing"].values()))
        return keys
    except OSError as failure:
        raise KeysUnusable(f"The key file {path} cannot be used: {failure.strerror}.") from failure
    except (ValueError, LookupError, TypeError, AttributeError) as failure:
        raise KeysUnusable(
            f"The key file {path} is damaged; put it back from its own safe copy. Without it no sealed name opens."
        ) from failure


def _demand_strength(path: Path, keys: Keys) -> None:
    if path.stat().st_uid not in (0, os.geteuid()):
        raise KeysUnusable(
            f"The key file {path} belongs to another user, who can change it; chown makes it yours."
        )
    if path.stat().st_mode & 0o077:
        raise KeysUnusable(f"The key file {path} can be read by others; chmod 600 makes it yours alone.")
    weak = (
        ("session secret", len(keys.session) < SHORTEST_SECRET or _poor(keys.session.encode())),
        ("index key", len(keys.vault.index_key) < SHORTEST_INDEX_KEY or _poor(keys.vault.index_key)),
        ("sealing key", any(_poor(key) for key in keys.vault.keys.values())),
    )
    for name, is_weak in weak:
        if is_weak:
            raise KeysUnusable(
                f"The {name} in the key file {path} is empty or weak; it must be 32 random bytes."
            )


def _demand_difference(path: Path, keys: Sequence[str]) -> None:
    if len(set(keys)) < len(keys):
        raise KeysUnusable(
            f"The key file {path} holds one key twice; each must be 32 random bytes of its own."
        )


def _poor(key: bytes) -> bool:
    steps = {(after - before) % 256 for before, after in itertools.pairwise(key)}
    return len(set(key)) < FEWEST_SIGNS or len(steps) < FEWEST_STEPS


def _create(path: Path) -> None:
    """Write a key file that appears complete or not at all, and only when there is none."""
    keys = {"sealing": {"k1": _random_key()}, "index": _random_key(), "session": _random_key()}
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.touch(mode=0o600)
    half.write_text(json.dumps(keys))
    with contextlib.suppress(FileExistsError):
        os.link(half, path)
    half.unlink()


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
