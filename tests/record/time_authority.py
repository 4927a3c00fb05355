"""A time-stamp authority of an invented city, in this process (RFC 3161): what it signs, honestly or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SIGNED_DATA, TIME_STAMP_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SHA256, ECDSA_WITH_SHA256, POLICY = "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2", "1.2.3.4"
INTEGER, OCTETS, OID, TIME, SEQUENCE, SET, INNER = 0x02, 0x04, 0x06, 0x18, 0x30, 0x31, 0xA0


def der(tag: int, *parts: bytes) -> bytes:
    """One value in the distinguished encoding; the parts of a set in its order."""
    body = b"".join(sorted(parts) if tag == SET else parts)
    count = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    length = bytes([len(body)]) if len(body) < 128 else bytes([0x80 | len(count)]) + count
    return bytes([tag]) + length + body


def integer(value: int) -> bytes:
    return der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    body = bytes([40 * first + second])
    for arc in rest:
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.append(0x80 | arc & 0x7F)
        body += bytes(reversed(septets))
    return der(OID, body)


def parts_of(value: bytes) -> list[bytes]:
    """The values within a sequence."""
    _, start, end = _header(value, 0)
    found = []
    while start < end:
        _, _, after = _header(value, start)
        found.append(value[start:after])
        start = after
    return found


def _header(value: bytes, at: int) -> tuple[int, int, int]:
    length, start = value[at + 1], at + 2
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(value[at + 2 : start], "big")
    return value[at], start, start + length


@dataclass
class TimeAuthority:
    """``clock`` is what it says the time is."""

    name: str = "Time of Harrow Falls"
    clock: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        self._root_key, self._key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.root = self._certificate(f"{self.name}: root", self._root_key, is_authority=True)
        self.certificate = self._certificate(self.name, self._key, is_authority=False)

    @property
    def pem(self) -> bytes:
        """What an administrator puts among the keys."""
        return self.root.public_bytes(Encoding.PEM)

    def _certificate(
        self, name: str, key: ec.EllipticCurvePrivateKey, *, is_authority: bool
    ) -> x509.Certificate:
        def named(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        builder = (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named(f"{self.name}: root"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime.now(UTC) - timedelta(days=9000))
            .not_valid_after(datetime.now(UTC) + timedelta(days=900))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        )
        if not is_authority:
            stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(stamping, critical=True)
        return builder.sign(self._root_key, hashes.SHA256())

    def answer(self, request: bytes) -> bytes:
        """The reply to a request: its imprint and nonce are taken over as they came."""
        _version, imprint, *rest = parts_of(request)
        return self._reply(imprint, [one for one in rest if one[0] == INTEGER])

    def stamp(self, message: bytes) -> bytes:
        """A reply over these bytes, unasked."""
        return self._reply(
            der(SEQUENCE, der(SEQUENCE, oid(SHA256)), der(OCTETS, sha256(message).digest())), []
        )

    def refuse(self) -> bytes:
        return der(SEQUENCE, der(SEQUENCE, integer(2)))

    def _reply(self, imprint: bytes, nonce: list[bytes]) -> bytes:
        clock = der(TIME, self.clock.strftime("%Y%m%d%H%M%SZ").encode())
        told = der(SEQUENCE, integer(1), oid(POLICY), imprint, integer(7), clock, *nonce)
        digests = der(SEQUENCE, oid(SHA256))
        signed = der(
            SEQUENCE,
            integer(3),
            der(SET, digests),
            der(SEQUENCE, oid(TIME_STAMP_INFO), der(INNER, der(OCTETS, told))),
            der(INNER, self.certificate.public_bytes(Encoding.DER)),
            der(SET, self._signer(told, digests)),
        )
        token = der(SEQUENCE, oid(SIGNED_DATA), der(INNER, signed))
        return der(SEQUENCE, der(SEQUENCE, integer(0)), token)

    def _signer(self, told: bytes, digests: bytes) -> bytes:
        kind = der(SEQUENCE, oid(CONTENT_TYPE), der(SET, oid(TIME_STAMP_INFO)))
        digest = der(SEQUENCE, oid(MESSAGE_DIGEST), der(SET, der(OCTETS, sha256(told).digest())))
        attributes = der(SET, kind, digest)
        signature = self._key.sign(attributes, ec.ECDSA(hashes.SHA256()))
        issuer = self.certificate.issuer.public_bytes()
        return der(
            SEQUENCE,
            integer(1),
            der(SEQUENCE, issuer, integer(self.certificate.serial_number)),
            digests,
            bytes([INNER]) + attributes[1:],
            der(SEQUENCE, oid(ECDSA_WITH_SHA256)),
            der(OCTETS, signature),
        )


class Service(ThreadingHTTPServer):
    """The authority over HTTP; ``says`` may be set to another reply than the honest one."""

    def __init__(self, authority: TimeAuthority) -> None:
        self.authority, self.says = authority, authority.answer
        self.asked = 0
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        self.server.asked += 1
        assert self.headers["Content-Type"] == "application/timestamp-query"
        reply = self.server.says(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Quiet: the test speaks for it."""
