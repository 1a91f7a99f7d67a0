"""Time stamps (RFC 3161): an authority signs that the manifest existed at an instant.

The stamp carries a time and a random number, so it is no part of what is the same on every
machine: two builds of one dossier differ in `manifest.tsr` and its line in `SHA256SUMS` alone.
"""

import hashlib
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import httpx
from cryptography import x509
from cryptography.x509.oid import NameOID
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerifierBuilder,
    decode_timestamp_response,
)

from entrepot.errors import DossierError, RequestError

SECONDS: Final = 20.0
MOST_BYTES: Final = 1 << 20
"""An answer has some thousand bytes; certificates included."""

_SHA256: Final = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
"""As registered by NIST, Computer Security Objects Register."""

_ASKED: Final = {"Content-Type": "application/timestamp-query"}
"""RFC 3161, section 3.4."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a time stamp says.

    Attributes:
        at: UTC instant in ISO form.
        authority: name of the authority as its certificate has it; empty: it sent none.
        is_checked: whether its signature leads to a root that the reader trusts.
    """

    at: str
    authority: str
    is_checked: bool


def stamp_by(
    address: str,
    *,
    roots: Sequence[x509.Certificate] = (),
    client: httpx.Client | None = None,
) -> Callable[[bytes], bytes]:
    """What asks the authority at an address; give it to `build`.

    Only the sha256 of the manifest and a random number are sent.

    Args:
        address: given by the user; http or https.
        roots: certificates that the answer must lead to; none: that is not checked.
        client: to ask with; null: one of its own.

    Raises:
        RequestError: when called: nobody answers there, or what comes is no stamp of it.
    """
    if not address.startswith(("http://", "https://")):
        raise RequestError(
            f"got {address!r}, expected the address of a time stamping authority",
            hint="It begins with https:// or http://.",
        )

    def stamp(content: bytes) -> bytes:
        asked = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
        answer = _asked(address, asked.as_bytes(), client)
        try:
            read_stamp(answer, content, roots=roots, nonce=asked.nonce)
        except DossierError as error:
            raise RequestError(f"{address} answered with a wrong time stamp: {error}") from error
        return answer

    return stamp


def _asked(address: str, query: bytes, client: httpx.Client | None) -> bytes:
    own = client or httpx.Client(timeout=SECONDS, follow_redirects=False)
    try:
        with own.stream("POST", address, content=query, headers=_ASKED) as answer:
            if answer.status_code != httpx.codes.OK:
                raise RequestError(
                    f"{address} answered with status {answer.status_code}, expected a time stamp",
                    hint="Try again later, or build without a time stamp.",
                )
            content = b""
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise RequestError(f"{address} answered with more than a time stamp")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise RequestError(
            f"cannot reach {address}: {type(error).__name__}",
            hint="Try again later, or build without a time stamp.",
        ) from error
    finally:
        if client is None:
            own.close()
    return content


def read_stamp(
    answer: bytes,
    content: bytes,
    *,
    roots: Sequence[x509.Certificate] = (),
    nonce: int | None = None,
) -> Stamped:
    """What a stamp says of a manifest.

    Without roots its signature is not checked: what it says is then only said, and
    `is_checked` is false. Certificates need to be valid at the time of the stamp, not now.

    Args:
        answer: bytes of `manifest.tsr`, a TimeStampResp.
        content: bytes of `manifest.json`.
        roots: certificates that the reader trusts.
        nonce: number that was sent; null: not known any more.

    Raises:
        DossierError: it is no stamp, not granted, of other bytes, or not signed under a root.
    """
    made, says = _decoded(answer)
    if nonce is not None and says.nonce != nonce:
        raise DossierError("got an answer to another question, expected the number that was sent")
    if says.algorithm != _SHA256 or says.digest != hashlib.sha256(content).digest():
        raise DossierError("got a time stamp of other bytes, expected one of manifest.json")
    if roots:
        _check_signature(made, content, roots)
    return Stamped(at=says.at, authority=says.authority, is_checked=bool(roots))


@dataclass(frozen=True, slots=True)
class _Says:
    """What stands in an answer, all of it read before any of it is believed."""

    status: int
    reason: str
    nonce: int | None = None
    algorithm: x509.ObjectIdentifier | None = None
    digest: bytes = b""
    at: str = ""
    authority: str = ""


def _decoded(answer: bytes) -> tuple[TimeStampResponse, _Says]:
    try:
        with warnings.catch_warnings():
            # a certificate that is no longer in order is told as a fault, not as a warning
            warnings.simplefilter("ignore")
            made = decode_timestamp_response(answer)
            says = _said(made)
            is_same = made.as_bytes() == answer
    except Exception as error:  # parsers of two packages, each with errors of its own
        raise DossierError(f"got bytes that are no time stamp ({type(error).__name__})") from error
    if says.status != PKIStatus.GRANTED:
        raise DossierError(f"got a refusal of the authority ({says.reason or 'no reason'})")
    if not is_same:
        raise DossierError("got a time stamp in another spelling than DER")
    return made, says


def _said(made: TimeStampResponse) -> _Says:
    if made.status != PKIStatus.GRANTED:
        return _Says(made.status, " ".join(made.status_string)[:80])
    info = made.tst_info
    return _Says(
        made.status, "", info.nonce, info.message_imprint.hash_algorithm,
        info.message_imprint.message, info.gen_time.isoformat(timespec="seconds"),
        _authority(made),
    )  # fmt: skip


def _check_signature(
    made: TimeStampResponse, content: bytes, roots: Sequence[x509.Certificate]
) -> None:
    builder = VerifierBuilder(roots=list(roots))
    try:
        builder.build().verify_message(made, content)
    except Exception as error:  # as above, and VerificationError where it is well formed
        raise DossierError(
            "got a time stamp that does not lead to a trusted root "
            f"({str(error).partition(':')[0]})",
            hint="Give the root certificate of the authority that stamped.",
        ) from error


def _authority(made: TimeStampResponse) -> str:
    signers = {(one.issuer, one.serial_number) for one in made.signed_data.signer_infos}
    for der in sorted(made.signed_data.certificates):
        try:
            found = x509.load_der_x509_certificate(der)
            if (found.issuer, found.serial_number) in signers:
                names = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
                return str(names[0].value) if names else found.subject.rfc4514_string()
        except ValueError:
            continue
    return ""


def read_roots(content: bytes) -> tuple[x509.Certificate, ...]:
    """Certificates from PEM.

    Raises:
        RequestError: the bytes hold none.
    """
    try:
        found = tuple(x509.load_pem_x509_certificates(content))
    except ValueError as error:
        raise RequestError(
            "got no certificate, expected PEM",
            hint="Give the root certificate that the authority publishes.",
        ) from error
    return found
