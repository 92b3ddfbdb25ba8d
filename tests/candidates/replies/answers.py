"""Answers as models give them, each with what it comes to: the region afterwards, or why it can't be used.

All are about `REGION`, lines 7 to 12 of a file, whose error is in line 9. `MENDED` is the region with its bracket
closed.
"""

from __future__ import annotations

from json import dumps

REGION = """\
def area(width, height):
    if width > 0:
        return scale(width * height
    return 0


"""
FIRST, LINE = 7, 9
MENDED = REGION.replace("height\n    return 0", "height)\n    return 0")
INSERTED = MENDED.replace("    if width", "    width = abs(width)\n    if width")

LINE_9 = "9|        return scale(width * height)"
BODY = "        return scale(width * height)"
OLD = "        return scale(width * height"
WHOLE = MENDED.strip("\n")
HEAD = "def area(width, height):"

READ: dict[str, tuple[str, str]] = {
    "as asked": (LINE_9, MENDED),
    "with an end": (f"{LINE_9}\nEND\nI hope this helps!", MENDED),
    "with an end in bold": (f"{LINE_9}\n**END**", MENDED),
    "in a fence": (f"```\n{LINE_9}\n```", MENDED),
    "in a fence with a language": (f"```python\n{LINE_9}\n```", MENDED),
    "in a fence that never closes": (f"```python\n{LINE_9}", MENDED),
    "in a fence of tildes": (f"~~~\n{LINE_9}\n~~~", MENDED),
    "in an indented fence": (f"  ```python\n{LINE_9}\n  ```", MENDED),
    "after prose": (f"The bracket is never closed.\n\n{LINE_9}", MENDED),
    "before prose": (f"{LINE_9}\n\nI closed the bracket.", MENDED),
    "after a thought": (f"<think>9|wrong\nmaybe?</think>\n{LINE_9}", MENDED),
    "after reasoning and its mark": (f"9|    this is no answer\nEDIT\n{LINE_9}", MENDED),
    "after a mark in bold": (f"I think so.\n**EDIT:**\n{LINE_9}", MENDED),
    "with Windows line ends": (f"Sure:\r\n{LINE_9}\r\nEND\r\n", MENDED),
    "with old Mac line ends": (f"Sure:\r{LINE_9}\rEND", MENDED),
    "with a byte order mark": (f"\ufeff{LINE_9}", MENDED),
    "with blanks around the bar": ("9 | " + BODY, MENDED),
    "with a blank after each bar": ("8|     if width > 0:\n9|         return scale(width * height)", MENDED),
    "as a list": (f"- {LINE_9}", MENDED),
    "with the word line": (f"Line {LINE_9}", MENDED),
    "with a colon for the bar": (f"9:{BODY}", MENDED),
    "with a box-drawing bar": (f"9│{BODY}", MENDED),
    "without indentation": ("9|return scale(width * height)", MENDED),
    "with too little indentation": ("9|    return scale(width * height)", MENDED),
    "with too much indentation": ("9|            return scale(width * height)", MENDED),
    "with tabs for indentation": ("9|\t\treturn scale(width * height)", MENDED),
    "all lines repeated": ("\n".join(f"{n}|{line}" for n, line in enumerate(WHOLE.split("\n"), 7)), MENDED),
    "old line, then new": (f"9|{OLD}\n{LINE_9}", MENDED),
    "old and new in prose": (f"Change\n9|{OLD}\nto\n{LINE_9}", MENDED),
    "minus and plus before the numbers": (f"-9|{OLD}\n+{LINE_9}", MENDED),
    "the same line twice, apart": (f"{LINE_9}\nThat is:\n{LINE_9}", MENDED),
    "numbers from one": (f"3|{BODY}", MENDED),
    "numbers off by one": (f"10|{BODY}", MENDED),
    "numbers off by two": (f"7|{BODY}", MENDED),
    "a line put in": (f"7|def area(width, height):\n7|    width = abs(width)\n{LINE_9}", INSERTED),
    "a line put in within a fence, without number": (
        f"```\n7|def area(width, height):\n    width = abs(width)\n{LINE_9}\n```",
        INSERTED,
    ),
    "a line put in before the first": (f"6|import math\n{LINE_9}", f"import math\n{MENDED}"),
    "a line deleted": ("9|", REGION.replace(OLD + "\n", "")),
    "a bare line": (BODY, MENDED),
    "a bare line without indentation": ("return scale(width * height)", MENDED),
    "a bare line in a fence": (f"```python\n{BODY}\n```", MENDED),
    "the whole region": (WHOLE, MENDED),
    "the whole region in a fence": (f"```python\n{WHOLE}\n```", MENDED),
    "the whole region between prose": (f"Here is the code:\n\n{WHOLE}\n\nNow it works.", MENDED),
    "the whole region, old and new": (f"Before:\n```\n{REGION}```\nAfter:\n```\n{MENDED}```", MENDED),
    "the whole region by two blanks": (f"```\n{WHOLE.replace('    ', '  ')}\n```", MENDED),
    "the whole region by tabs": (f"```\n{WHOLE.replace('    ', chr(9))}\n```", MENDED),
    "the whole region, indented": ("```\n" + "\n".join(f"    {line}" for line in WHOLE.split("\n")) + "\n```", MENDED),
    "some of the region": ("```python\n    if width > 0:\n        return scale(width * height)\n```", MENDED),
    "some of the region, with a line more": (
        f"```python\ndef area(width, height):\n    width = abs(width)\n    if width > 0:\n{BODY}\n```",
        INSERTED,
    ),
    "search and replace": (f"<<<<<<< SEARCH\n{OLD}\n=======\n{BODY}\n>>>>>>> REPLACE", MENDED),
    "search and replace in a fence": (f"```\n<<<<<<< SEARCH\n{OLD}\n=======\n{BODY}\n>>>>>>> REPLACE\n```", MENDED),
    "search and replace without indentation": (
        f"<<<<<<< SEARCH\n{OLD.strip()}\n=======\n{BODY.strip()}\n>>>>>>> REPLACE",
        MENDED,
    ),
    "search and replace with numbers": (f"<<<<<<< SEARCH\n9|{OLD}\n=======\n{LINE_9}\n>>>>>>> REPLACE", MENDED),
    "search and replace with short marks": (f"<<< SEARCH\n{OLD}\n===\n{BODY}\n>>> REPLACE", MENDED),
    "search and replace, twice the same": (
        "\n".join([f"<<<<<<< SEARCH\n{OLD}\n=======\n{BODY}\n>>>>>>> REPLACE"] * 2),
        MENDED,
    ),
    "a diff": (f"--- a/x.py\n+++ b/x.py\n@@ -9,1 +9,1 @@\n-{OLD}\n+{BODY}\n", MENDED),
    "a diff in a fence": (f"```diff\n@@ -8,2 +8,2 @@\n     if width > 0:\n-{OLD}\n+{BODY}\n```", MENDED),
    "a diff with wrong numbers": (f"```diff\n@@ -101,2 +105,9 @@\n     if width > 0:\n-{OLD}\n+{BODY}\n```", MENDED),
    "a diff without numbers": (f"```diff\n@@ ... @@\n-{OLD}\n+{BODY}\n```", MENDED),
    "a diff without headers": (f"```diff\n-{OLD}\n+{BODY}\n```", MENDED),
    "a diff of git": (
        f"diff --git a/x b/x\nindex 1234567..89abcde 100644\n--- a/x\n+++ b/x\n@@ -9 +9 @@\n-{OLD}\n+{BODY}",
        MENDED,
    ),
    "a diff whose context lacks its blank": (
        f"```diff\n@@ -8,2 +8,2 @@\n    if width > 0:\n-{OLD}\n+{BODY}\n```",
        MENDED,
    ),
    "a diff with the numbers of the prompt": (f"```diff\n-9|{OLD}\n+{LINE_9}\n```", MENDED),
    "a diff that puts a line in": (
        f"```diff\n@@ -7,3 +7,4 @@\n {HEAD}\n+    width = abs(width)\n     if width > 0:\n-{OLD}\n+{BODY}\n```",
        INSERTED,
    ),
    "JSON as the schema says": (dumps({"expected": "6", "lines": [{"line": 9, "text": BODY}]}), MENDED),
    "JSON in a fence": (f"```json\n{dumps({'lines': [{'line': 9, 'text': BODY}]})}\n```", MENDED),
    "JSON with other names": (dumps({"edits": [{"line_number": "9", "new_text": BODY}]}), MENDED),
    "JSON by numbers": (dumps({"9": BODY}), MENDED),
    "JSON with one line": (dumps({"line": 9, "text": BODY}), MENDED),
    "JSON as a list": (dumps([{"line": 9, "text": BODY}]), MENDED),
    "JSON with lines in a text": (
        dumps({"lines": [{"line": 7, "text": f"{HEAD}\n    width = abs(width)"}, {"line": 9, "text": BODY}]}),
        INSERTED,
    ),
    "JSON with raw line ends": (dumps({"code": WHOLE}).replace("\\n", "\n"), MENDED),
    "JSON with the whole code": (dumps({"fixed_code": WHOLE}, indent=2), MENDED),
    "JSON before prose": (dumps({"lines": [{"line": 9, "text": BODY}]}) + "\nThis closes it.", MENDED),
}  # fmt: skip

REFUSED: dict[str, tuple[str, str]] = {
    "nothing": ("", "empty"),
    "white space": (" \n\t\n", "empty"),
    "only an end": ("END", "empty"),
    "only a thought": ("<think>Let me see: 9|x", "empty"),
    "only prose": ("I'm sorry, but I can't help with that.", "no lines"),
    "a question": ("Could you tell me what `scale` does?", "no lines"),
    "an empty fence": ("```python\n```", "no lines"),
    "the line as it is": (f"9|{OLD}", "changes nothing"),
    "all lines as they are": (
        "\n".join(f"{number}|{line}" for number, line in enumerate(REGION.split("\n")[:4], 7)),
        "changes nothing",
    ),
    "the region as it is": (f"```\n{REGION}```", "changes nothing"),
    "numbers far away": ("900|import antigravity", "elsewhere"),
    "a line far away deleted": (f"{LINE_9}\n13|", "elsewhere"),
    "numbers without end": ("9999999|x = 1", "elsewhere"),
    "other code": ("```python\nclass Point:\n    x: int\n    y: int\n```", "elsewhere"),
    "two answers": (f"{LINE_9}\nor else\n9|        return 0", "ambiguous"),
    "two fences": (f"```\n{WHOLE}\n```\nor\n```\n{WHOLE.replace('scale', 'grow')}\n```", "ambiguous"),
    "a search for nothing": (f"<<<<<<< SEARCH\n\n=======\n{BODY}\n>>>>>>> REPLACE", "ambiguous"),
    "a search for other code": (f"<<<<<<< SEARCH\nfoo()\n=======\n{BODY}\n>>>>>>> REPLACE", "elsewhere"),
    "a search without its end": (f"<<<<<<< SEARCH\n{OLD}\n=======\n{BODY}", "cut off"),
    "a diff of other code": ("```diff\n@@ -1 +1 @@\n-foo()\n+bar()\n```", "elsewhere"),
    "a diff that only adds": ("```diff\n@@ -0,0 +1 @@\n+import os\n```", "ambiguous"),
    "JSON without lines": ('{"expected": "6", "lines": []}', "changes nothing"),
    "JSON of something else": ('{"status": "ok"}', "no lines"),
    "JSON without texts": ('{"lines": [{"line": 9}]}', "no lines"),
    "JSON with a wrong number": ('{"lines": [{"line": 1e400, "text": "x"}]}', "no lines"),
    "broken JSON": ('{"lines": [{"line": 9, "text": "retu', "no lines"),
    "JSON nested without end": ("[" * 50_000, "no lines"),
    "too long": ("9|x\n" * 50_000, "too long"),
}  # fmt: skip

CUT: dict[str, tuple[str, str]] = {
    "within the first line": ("9|        return sca", "cut off"),
    "within a thought": ("<think>The bracket", "cut off"),
    "within the code": (f"```python\n{WHOLE[:60]}", "cut off"),
    "within bare code": (WHOLE[:60], "cut off"),
    "within a diff": (f"```diff\n@@ -8,2 +8,2 @@\n-{OLD}\n+{BODY[:12]}", "cut off"),
    "within a block": (f"<<<<<<< SEARCH\n{OLD}\n=======\n{BODY[:12]}", "cut off"),
    "within JSON": ('{"lines": [{"line": 9, "te', "cut off"),
}
"""Answers that were cut off and can't be used."""

CUT_AND_READ: dict[str, str] = {
    "after the line": f"{LINE_9}\n10|    ret",
    "after the end": f"{LINE_9}\nEND\nNow I",
    "after the block": f"<<<<<<< SEARCH\n{OLD}\n=======\n{BODY}\n>>>>>>> REPLACE\n<<<<<<< SEARCH\n    ret",
    "after the fence": f"```python\n{WHOLE}\n```\nI have cl",
}
"""Answers that were cut off after all that is needed; each mends the region."""
