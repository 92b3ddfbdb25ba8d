"""Make the picture docs/pictures/monaco.png: the page of examples/monaco in Chromium, with the menu of fixes open.

examples/monaco/install-for-tests.sh && python docs/make_monaco_picture.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.kit_monaco import served_page

PICTURE = Path(__file__).resolve().parent / "pictures" / "monaco.png"
COLOURS = 256
"""As many as a palette holds: the file has a third of its size, and the edges of letters stay smooth."""


def main() -> None:
    PICTURE.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served_page() as page:
        screenshot = Path(folder) / "page.png"
        page.visit("picture", name="missing_import.py", file=str(screenshot))
        Image.open(screenshot).convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)
    print(f"wrote {PICTURE.name}, {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
