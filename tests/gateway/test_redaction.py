"""Secrets that leave a prompt, and come back in an answer."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.gateway.redaction import Restorer, redacted
from quickfix_ls.values import Prompt

# Put together, so that no scanner takes them for real ones.
AWS = "AKIA" + "IOSFODNN7EXAMPLE"
GITHUB = "ghp_" + "a1B2c3D4e" * 4
JWT = ".".join(["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"])


def shared(text: str, *patterns: str) -> str:
    return redacted(Prompt("s", text, "q", 9), patterns).prompt.shared


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        (f"key = '{AWS}'", "key = 'SECRET_1_'"),
        (f"# {AWS} is no string", "# SECRET_1_ is no string"),
        (f"x = '{GITHUB}'  # {GITHUB}", "x = 'SECRET_1_'  # SECRET_1_"),
        ("password = 'hunter2-hunter2'", "password = 'SECRET_1_'"),
        ('login(password="abc", n=1)  # abc', 'login(password="SECRET_1_", n=1)  # abc'),
        ("u = 'https://me:s3cret-pw@example.com/x'", "u = 'https://me:SECRET_1_@example.com/x'"),
        ("u = 'https://me:pw@example.com/x'", "u = 'httpsSECRET_1_'"),
        ("12| api_key = 'a-b-c-d-e-f'", "12| api_key = 'SECRET_1_'"),
        (f"token = {JWT!r}", "token = 'SECRET_1_'"),
    ],
)
def test_known_forms(line: str, sent: str) -> None:
    assert shared(line) == sent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "password = input()\n",
        "def password(self): return self._password\n",
        "x = 'an ordinary sentence of words'\n",
        "os.environ['PASSWORD']\n",
        "version = '1.2.3'\n",
    ],
)
def test_ordinary_code_is_left_alone(text: str) -> None:
    assert redacted(Prompt("s", text, "q", 9)).secrets == {}


def test_a_private_key_keeps_its_lines() -> None:
    lines = ["k = '''-----BEGIN RSA PRIVATE KEY-----", "3| MIIEowIBAAKCAQEAx", "abcdEFGH1234+/==", "-----END RSA '''"]
    text = "\n".join(lines)
    sent = shared(text)
    assert sent.splitlines()[1:3] == ["3| SECRET_1_", "SECRET_2_"]
    # Cut off by the end of what is shown, it is a key all the same.
    assert "MIIE" not in shared(text[: text.index("abcd")])


@pytest.mark.parametrize(
    ("pattern", "sent"),
    [
        ("cust-[0-9]+", "x = 'SECRET_1_ and SECRET_2_'"),
        ("cust-([0-9]+)", "x = 'cust-SECRET_1_ and cust-SECRET_2_'"),
        ("nothing", "x = 'cust-1 and cust-22'"),
        ("z*", "x = 'cust-1 and cust-22'"),
    ],
)
def test_the_users_own_patterns(pattern: str, sent: str) -> None:
    assert shared("x = 'cust-1 and cust-22'", pattern) == sent


def test_each_part_of_a_prompt_and_the_same_name_in_all() -> None:
    text = f"'{AWS}'"
    clean = redacted(Prompt(text, text, text, 9, prediction=text))
    assert {clean.prompt.system, clean.prompt.shared, clean.prompt.question, clean.prompt.prediction} == {"'SECRET_1_'"}
    assert clean.secrets == {"SECRET_1_": AWS}


def test_what_is_shared_stays_the_same_for_all_questions() -> None:
    prompts = [redacted(Prompt("s", f"a = '{AWS}'", question, 9)).prompt for question in ("q", f"'{GITHUB}'")]
    assert prompts[0].shared == prompts[1].shared


def test_a_placeholder_that_is_in_the_prompt_already() -> None:
    assert shared(f"SECRET_1_ = '{AWS}'") == "SECRET_1_ = 'XSECRET_1_'"


def test_a_secret_in_a_secret() -> None:
    text = "a = 'secret-part'; b = 'secret-part-and-more'"
    clean = redacted(Prompt("s", text, "q", 9), ["secret-part-and-more", "secret-part"])
    assert clean.prompt.shared == "a = 'SECRET_2_'; b = 'SECRET_1_'"
    assert clean.restorer().take(clean.prompt.shared) == text


def restored(restorer: Restorer, pieces: list[str]) -> str:
    return "".join([*map(restorer.take, pieces), restorer.rest()])


@given(st.lists(st.integers(0, 60), max_size=12))
def test_secrets_come_back_however_the_answer_is_cut(cuts: list[int]) -> None:
    secrets = {f"SECRET_{number}_": f"<{number}>" for number in range(1, 13)}
    text = "a SECRET_1_SECRET_12_ SECRET_ SECRET_13_ SECRESECRET_2_ SECR"
    bounds = [0, *sorted(cuts), len(text)]
    pieces = [text[start:end] for start, end in pairwise(bounds)]
    assert restored(Restorer(secrets), pieces) == "a <1><12> SECRET_ SECRET_13_ SECRE<2> SECR"


def test_pieces_that_can_be_no_placeholder_are_not_held_back() -> None:
    restorer = Restorer({"SECRET_1_": "x"})
    assert [restorer.take(piece) for piece in ("a", "b SE", "ND", "S", "ECRET_1", "_")] == [
        "a",
        "b ",
        "SEND",
        "",
        "",
        "x",
    ]
    assert Restorer({}).take("SECRET_1_") == "SECRET_1_"
