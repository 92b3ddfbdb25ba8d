"""The time from Ctrl+. to the menu with our fix in Monaco, in Chromium: from the key's event to the frame that has the
menu, measured in the page.

Usage: examples/monaco/install-for-tests.sh && python benchmarks/speed/monaco_menu.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.kit_monaco import served_page

TIMES = 50
FUNCTION = '''def total_{number}(prices, discount):
    """The sum of some prices, less a discount."""
    total = 0
    for price in prices:
        if price > discount:
            total += price - discount
    return total


'''


def main() -> None:
    with served_page() as page:
        for functions in (1, 111):
            text = "".join(FUNCTION.format(number=number) for number in range(functions)) + "print(totl_0([1, 2], 1))\n"
            line = text.count("\n") - 1
            taken = page.visit("menuTimes", text=text, line=line, column=6, times=TIMES)["taken"]
            print(f"{line + 1:5} lines: p50 {median(taken):.0f} ms, p95 {quantiles(taken, n=20)[-1]:.0f} ms, n={TIMES}")


if __name__ == "__main__":
    main()
