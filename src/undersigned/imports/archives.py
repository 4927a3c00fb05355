"""What is inside a zip file, and whether it may be opened: XLSX and ODS are zip files.

A few kilobytes can unfold to petabytes, and what the file says about its own size may be a lie. So every
member is really inflated, piece by piece and to nowhere, before anything else opens the file.
"""

import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from undersigned.imports.row import MEBIBYTE, Limits, Unreadable

CHUNK = 64 * 1024
LOCAL_HEADER = 30
MOST_MEMBERS = 10_000


def members(path: Path, limits: Limits) -> list[str]:
    """The names of the members, all of which together fit the limit when inflated. Raises Unreadable."""
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            infos = archive.infolist()
            if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > limits.inflated:
                raise _bomb(limits)
            _inflate_all(file, infos, limits)
            return [info.filename for info in infos]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        # the last is what zipfile raises for a way of packing that it cannot read
        raise damaged() from error


def _inflate_all(file: BinaryIO, infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    left = limits.inflated
    for info in infos:
        left -= _real_size(file, info, left)
        if left < 0:
            raise _bomb(limits)


def _real_size(file: BinaryIO, info: zipfile.ZipInfo, most: int) -> int:
    """Inflate one member and count its bytes, stopping once there are more than ``most``."""
    if info.compress_type == zipfile.ZIP_STORED:
        return info.compress_size
    if info.compress_type != zipfile.ZIP_DEFLATED or info.flag_bits & 1:
        raise damaged()
    _seek_to_data(file, info)
    inflater, size, waiting = zlib.decompressobj(-zlib.MAX_WBITS), 0, info.compress_size
    while not inflater.eof and size <= most:
        piece = inflater.unconsumed_tail or file.read(min(CHUNK, waiting))
        waiting -= 0 if inflater.unconsumed_tail else len(piece)
        if not piece:
            raise damaged()
        size += len(inflater.decompress(piece, CHUNK))
    return size


def _seek_to_data(file: BinaryIO, info: zipfile.ZipInfo) -> None:
    """Go past the member's local header (APPNOTE 4.3.7), whose name and extra field vary in length."""
    file.seek(info.header_offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise damaged()
    name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    file.seek(name + extra, 1)


def damaged() -> Unreadable:
    return Unreadable(
        _(
            "This workbook is damaged or incomplete. Nothing was read. "
            "Open it in a spreadsheet program and save it again."
        )
    )


def _bomb(limits: Limits) -> Unreadable:
    said = _(
        "This file unfolds to more than %(most)d megabytes, which no list of people or accounts needs. "
        "It was not opened. If it is yours, save the one worksheet as CSV."
    )
    return Unreadable(said % {"most": limits.inflated // MEBIBYTE})
