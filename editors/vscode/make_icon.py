"""Draw `media/icon.png`: a lightbulb over a squiggle. `python editors/vscode/make_icon.py`."""

from __future__ import annotations

import struct
import zlib
from math import hypot, pi, sin
from pathlib import Path

SIZE = 128
SAMPLES = 4
"""Each pixel is the mean of SAMPLES x SAMPLES points."""

Color = tuple[float, float, float, float]
NONE: Color = (0, 0, 0, 0)
GROUND: Color = (18, 50, 74, 255)
BULB: Color = (255, 209, 92, 255)
BASE: Color = (206, 218, 226, 255)
CHECK: Color = (18, 50, 74, 255)
SQUIGGLE: Color = (240, 98, 88, 255)


def color_at(x: float, y: float) -> Color:
    """Return the colour of a point; the icon spans 0 to 128 in both directions."""
    if not _in_rounded(x, y, 0, 0, 128, 128, 26):
        return NONE
    if _near_line(x, y, (51, 47), (61, 58), 4) or _near_line(x, y, (61, 58), (78, 36), 4):
        return CHECK
    if hypot(x - 64, y - 46) <= 30 or (70 <= y <= 80 and abs(x - 64) <= 15) or _in_neck(x, y):
        return BULB
    if _in_rounded(x, y, 51, 83, 77, 88, 2.5) or _in_rounded(x, y, 55, 91, 73, 96, 2.5):
        return BASE
    if 24 <= x <= 104 and abs(y - (110 + 4.5 * sin((x - 24) / 80 * 10 * pi))) <= 3.2:
        return SQUIGGLE
    return GROUND


def _in_neck(x: float, y: float) -> bool:
    return 60 <= y <= 72 and abs(x - 64) <= 26 - (y - 60) * 11 / 12


def _in_rounded(x: float, y: float, left: float, top: float, right: float, bottom: float, radius: float) -> bool:
    beyond_x = max(left + radius - x, x - right + radius, 0.0)
    beyond_y = max(top + radius - y, y - bottom + radius, 0.0)
    return hypot(beyond_x, beyond_y) <= radius


def _near_line(x: float, y: float, start: tuple[float, float], end: tuple[float, float], distance: float) -> bool:
    across, down = end[0] - start[0], end[1] - start[1]
    along = ((x - start[0]) * across + (y - start[1]) * down) / (across**2 + down**2)
    along = min(max(along, 0.0), 1.0)
    return hypot(x - start[0] - along * across, y - start[1] - along * down) <= distance


def _pixel(column: int, row: int) -> bytes:
    steps = [(index + 0.5) / SAMPLES for index in range(SAMPLES)]
    colors = [color_at(column + right, row + down) for down in steps for right in steps]
    opaque = [color for color in colors if color[3]] or [NONE]
    mean = [sum(color[channel] for color in opaque) / len(opaque) for channel in range(3)]
    return bytes([*(round(value) for value in mean), round(sum(color[3] for color in colors) / len(colors))])


def png() -> bytes:
    """Return the icon as a PNG with transparency."""
    rows = b"".join(b"\0" + b"".join(_pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    (Path(__file__).parent / "media" / "icon.png").write_bytes(png())
