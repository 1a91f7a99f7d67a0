"""The signature of a manifest: Ed25519 over its exact bytes, in a small file of JSON."""

import base64
import json
from binascii import Error as NoBase64
from dataclasses import dataclass
from typing import Final

from entrepot.dossiers.dossier.canonical import canonical
from entrepot.dossiers.seal.keys import KEY_BYTES, PublicKey, SigningKey
from entrepot.errors import DossierError

ALGORITHM: Final = "Ed25519"
_SIGNATURE_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class Signature:
    """What `manifest.sig` says.

    Attributes:
        public: key that is said to have signed.
        signature: 64 bytes.
    """

    public: PublicKey
    signature: bytes

    def holds(self, content: bytes) -> bool:
        """Whether the key signed exactly these bytes; says nothing about whose key it is."""
        return self.public.verifies(self.signature, content)

    def file_bytes(self) -> bytes:
        """The signature as `manifest.sig`: one spelling only."""
        return canonical(
            {
                "algorithm": ALGORITHM,
                "key_id": self.public.key_id,
                "public_key": self.public.text,
                "signature": base64.b64encode(self.signature).decode(),
            }
        )


def signature_of(content: bytes, key: SigningKey) -> Signature:
    """Sign bytes; the same bytes and key give the same signature (RFC 8032)."""
    return Signature(key.public, key.sign(content))


def read_signature(content: bytes) -> Signature:
    """The signature from the bytes of `manifest.sig`.

    Raises:
        DossierError: they are no signature, or not spelled as one is: a changed byte is not
            forgiven because it changes no meaning.
    """
    try:
        raw = json.loads(content)
        public = base64.b64decode(raw["public_key"], validate=True)
        signed = base64.b64decode(raw["signature"], validate=True)
    except (ValueError, TypeError, KeyError, NoBase64, RecursionError) as error:
        raise DossierError(f"got bytes that are no signature ({type(error).__name__})") from error
    if len(public) != KEY_BYTES or len(signed) != _SIGNATURE_BYTES:
        raise DossierError(
            f"got a key of {len(public)} and a signature of {len(signed)} bytes, expected "
            f"{KEY_BYTES} and {_SIGNATURE_BYTES}"
        )
    made = Signature(PublicKey(public), signed)
    if made.file_bytes() != content:
        raise DossierError("got a signature in another spelling than it was written")
    return made
