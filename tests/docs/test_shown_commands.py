"""Every shell command that the documentation shows is run, or says why not; every option that it names exists."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from quickfix_ls.cli import parser
from tests.kit import REPOSITORY
from tests.kit_commands import all_blocks, blocks_of, documents, run_block, sandbox

BLOCKS = all_blocks()
HERE = [block for block in BLOCKS if not (block.why_not or block.fresh)]


@pytest.mark.parametrize("page", sorted({block.page for block in HERE}))
def test_the_commands_of_a_page_do_what_it_says(tmp_path: Path, page: str) -> None:
    environment = sandbox(tmp_path)
    for block in HERE:
        if block.page == page:
            assert run_block(block, tmp_path, environment) == ""


def test_most_commands_are_run_and_the_others_say_why_not() -> None:
    skipped = [block for block in BLOCKS if block.why_not]
    assert len(HERE) >= 12
    assert all(len(block.why_not.split()) >= 3 for block in skipped)


def test_a_block_is_run_as_its_comment_says(tmp_path: Path) -> None:
    page = "<!-- commands: exit 3 -->\n```sh\nexit 3\n```\n\n```console\n$ echo a b\na ...\n$ echo c\nd\n```\n"
    ends, prints = blocks_of("page.md", page)
    environment = sandbox(tmp_path)
    assert run_block(ends, tmp_path, environment) == ""
    assert run_block(prints, tmp_path, environment) == "page.md:6: `echo c` printed\nc\nand not\nd"
    with pytest.raises(ValueError, match="not `sometimes`"):
        list(blocks_of("page.md", "<!-- commands: sometimes -->\n```sh\ntrue\n```\n"))


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_commands_in_the_text_exist_with_their_options(path: Path) -> None:
    known = _options(parser())
    for words in re.findall(r"`quickfix-ls ([^`]+)`", path.read_text(encoding="utf-8")):
        command, *rest = words.split()
        assert command in {*known, "--version"}, words
        named = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
        assert named <= known.get(command, set()), words


def _options(top: argparse.ArgumentParser) -> dict[str, set[str]]:
    """Return the options of each command."""
    (commands,) = (action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    return {
        name: {option for action in command._actions for option in action.option_strings}
        for name, command in commands.choices.items()
    }
