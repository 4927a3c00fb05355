"""Pictures for tests, made on the spot."""

from __future__ import annotations

import io
import zlib
from struct import pack

from PIL import Image


def jpeg(*, gps: bool = False, camera: str = "", author: str = "", size: tuple[int, int] = (40, 30)) -> bytes:
    image = Image.new("RGB", size, (20, 120, 200))
    exif = Image.Exif()
    if gps:
        exif[0x8825] = {1: "N", 2: (51.0, 2.0, 3.0), 3: "W", 4: (114.0, 4.0, 5.0)}
    if camera:
        exif[0x010F] = camera
    if author:
        exif[0x013B] = author
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif)
    return written.getvalue()


def png(size: tuple[int, int] = (40, 30)) -> bytes:
    written = io.BytesIO()
    Image.new("RGBA", size, (0, 0, 0, 0)).save(written, "PNG")
    return written.getvalue()


def gif(frames: int) -> bytes:
    written = io.BytesIO()
    pages = [Image.new("RGB", (8, 8), (number % 250, number // 250 * 90, 7)) for number in range(frames)]
    pages[0].save(written, "GIF", save_all=True, append_images=pages[1:], duration=20)
    return written.getvalue()


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few kilobytes whose header says that it unpacks to gigabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    head = pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
