"""Keys of the center: sealing of personal fields (AES-256-GCM) and blind indexes (HMAC-SHA-256)."""

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


@dataclass(frozen=True)
class Vault:
    """Seals and opens bytes; `keys` maps key ids to 32-byte keys, the last one seals, all of them open."""

    keys: Mapping[str, bytes]
    index_key: bytes

    @classmethod
    def from_text(cls, keys: Mapping[str, str], index_key: str) -> "Vault":
        """Build from base64 text as it stands in the settings; raises ValueError on a key of the wrong length."""
        opened = {key_id: base64.b64decode(text) for key_id, text in keys.items()}
        if not opened or any(len(key) != 32 for key in opened.values()):
            raise ValueError("every sealing key must be 32 bytes in base64")
        return cls(keys=opened, index_key=base64.b64decode(index_key))

    def seal(self, plain: bytes, *, bound_to: bytes) -> bytes:
        """`key id` NUL `nonce` `ciphertext`; opening needs the same `bound_to`, so rows cannot be swapped."""
        key_id = list(self.keys)[-1]
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.keys[key_id]).encrypt(nonce, plain, bound_to)
        return key_id.encode() + b"\0" + nonce + sealed

    def open(self, sealed: bytes, *, bound_to: bytes) -> bytes:
        """The plain bytes; raises `cryptography.exceptions.InvalidTag` when key, row or bytes do not match."""
        key_id, _, rest = sealed.partition(b"\0")
        return AESGCM(self.keys[key_id.decode()]).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], bound_to)

    def blind(self, *parts: str) -> str:
        """A keyed index of normalised parts: equal values meet, nothing can be read back or guessed without the key."""
        text = "\x1f".join(parts).encode()
        return hmac.new(self.index_key, text, hashlib.sha256).hexdigest()
