"""Pictures and videos as they are brought: read for what they are, freed of what they should not tell.

A file is what its bytes say, whatever its name says. Sizes are looked at before anything is unpacked (CWE-409), and
place, camera and author are taken out of the copy that is sent; the original is kept under its own digest.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from undersigned.acts.refusals import Unfit

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_OCTETS = 100_000_000
MOST_PIXELS = 50_000_000
MOST_FRAMES = 600
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
GPS, MAKER, ARTIST, CAMERA = 0x8825, 0x927C, 0x013B, 0x010F


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What will be sent, and what was brought. ``removed`` names what was taken out: place, camera, author, more."""

    octets: bytes
    original: bytes
    original_sha256: str
    mime: str
    width: int = 0
    height: int = 0
    frames: int = 1
    milliseconds: int = 0
    removed: tuple[str, ...] = ()


def clean(brought: bytes) -> Cleaned:
    """Read it and free it of EXIF. Raises :class:`Unfit` for what is no picture or video that can be posted."""
    if len(brought) > MOST_OCTETS:
        raise _unfit(_("This file is larger than %(most)d MB.") % {"most": MOST_OCTETS // 1_000_000})
    if brought[4:8] == b"ftyp":
        return _video(brought)
    return _picture(brought)


def _picture(brought: bytes) -> Cleaned:
    image = _opened(brought)
    frames = getattr(image, "n_frames", 1)
    if image.width * image.height * max(frames, 1) > MOST_PIXELS * (20 if frames > 1 else 1):
        raise _unfit(_("This picture unpacks to more than can be handled: %(w)d × %(h)d.") % _sides(image))
    if frames > MOST_FRAMES:
        raise _unfit(
            _("This animation has %(n)d frames; at most %(most)d are taken.")
            % {"n": frames, "most": MOST_FRAMES}
        )
    removed = _told(image)
    if removed and frames > 1:
        raise _unfit(_("This animation tells more than it shows: where, with what or by whom it was made."))
    return Cleaned(
        octets=_without(image) if removed else brought,
        original=brought,
        original_sha256=hashlib.sha256(brought).hexdigest(),
        mime=FORMATS[str(image.format)],
        width=image.width,
        height=image.height,
        frames=frames,
        removed=removed,
    )


def _opened(brought: bytes) -> Image:
    """The picture, its header read and its whole checked; nothing is unpacked before its sides are known."""
    import PIL.Image  # loaded where a picture is read and not before: it takes eight megabytes

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
            image = PIL.Image.open(io.BytesIO(brought), formats=list(FORMATS))
            if image.width * image.height > MOST_PIXELS:
                raise _unfit(
                    _("This picture has %(w)d × %(h)d points, which is more than can be handled.")
                    % _sides(image)
                )
            image.load()
    except (
        PIL.UnidentifiedImageError,
        PIL.Image.DecompressionBombError,
        PIL.Image.DecompressionBombWarning,
    ) as lies:
        raise _unfit(
            _("This file is no JPEG, PNG, WebP or GIF picture and no MP4 video, whatever its name says.")
        ) from lies
    except (OSError, SyntaxError, ValueError, struct.error) as broken:
        raise _unfit(_("This picture is damaged or cut off, so it cannot be shown whole.")) from broken
    return image


def _sides(image: Image) -> dict[str, int]:
    return {"w": image.width, "h": image.height}


def _told(image: Image) -> tuple[str, ...]:
    """What the picture tells beside itself."""
    exif = image.getexif()
    found = {
        "place": bool(exif.get_ifd(GPS)),
        "camera": CAMERA in exif or MAKER in exif,
        "author": ARTIST in exif,
        "more": bool(exif) or bool({"xmp", "XML:com.adobe.xmp", "comment", "photoshop"} & image.info.keys()),
    }
    return tuple(name for name, there in found.items() if there)


def _without(image: Image) -> bytes:
    """The same picture without them, upright as its EXIF said it should be shown."""
    import PIL.Image
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image) or image
    kept: dict[str, Any] = {"icc_profile": image.info["icc_profile"]} if "icc_profile" in image.info else {}
    if image.format == "JPEG":
        kept |= {"quality": 92, "optimize": True}
    if image.format == "WEBP":
        kept |= {"quality": 92}
    bare = PIL.Image.frombytes(upright.mode, upright.size, upright.tobytes())
    if upright.mode == "P":
        bare.putpalette(upright.getpalette() or [])
    written = io.BytesIO()
    bare.save(written, format=image.format, **kept)
    return written.getvalue()


def _video(brought: bytes) -> Cleaned:
    """An MP4 as it is; its length is read from its own header (ISO/IEC 14496-12). Places in it are refused."""
    if b"\xa9xyz" in brought or b"com.apple.quicktime.location" in brought:
        raise _unfit(_("This video says where it was taken. Export it again without its place."))
    at = brought.find(b"mvhd")
    milliseconds = _length(brought[at + 4 : at + 40]) if at > 0 else 0
    if not milliseconds:
        raise _unfit(_("This video does not say how long it is, so it may be damaged or cut off."))
    return Cleaned(
        octets=brought,
        original=brought,
        original_sha256=hashlib.sha256(brought).hexdigest(),
        mime="video/mp4",
        milliseconds=milliseconds,
    )


def _length(header: bytes) -> int:
    if len(header) < 32:
        return 0
    scale, length = struct.unpack(">IQ", header[20:32]) if header[0] else struct.unpack(">II", header[12:20])
    return int(length * 1000 / scale) if scale else 0


def _unfit(says: str) -> Unfit:
    return Unfit(says, rule="a_picture", field="file", do=_("Choose another file. Nothing was kept."))
