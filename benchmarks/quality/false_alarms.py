"""Run our own analysis over code that is known to work, and count what it calls wrong.

    python benchmarks/quality/false_alarms.py [--files 3000] [--package NAME]...

The standard library comes first, then the named packages as they are installed (default: ten popular ones). A file that
CPython itself refuses is broken on purpose (`lib2to3/tests/data`, `test/bad_*`): it is counted apart. Every other
problem is printed, misspelling_problems members and arguments included; where pyflakes is installed, it says whether it
agrees that a name is undefined."""

from __future__ import annotations

import argparse
import collections
import importlib.util
import sys
import sysconfig
import time
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import Path

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.members.misspellings import misspelling_problems
from quickfix_ls.languages.python.names.undefined import undefined_names
from quickfix_ls.problems.syntax_errors import syntax_problems
from quickfix_ls.values import Problem
from tests.kit_python import python_index

# Reports that are right, by the end of the path: names that no run of that code could find.
GENUINE = {
    "distutils/tests/test_versionpredicate.py": "`unittest` is not imported, and the guarded main never runs",
    "idlelib/idle_test/test_rpc.py": "a function made for its code object, never called",
    "test/test_capi/test_eval_code_ex.py": "a function made for its code object, run with other globals",
    "test/test_coroutines.py": "a function made to be compiled, never run",
    "test/test_dis.py": "functions made to be disassembled, never called",
    "test/test_peepholer.py": "functions made to be disassembled, never called",
    "test/test_inspect/test_inspect.py": "`unbound_ref` tests how unbound names are told",
    "test/test_shutil.py": "lambdas that are never called",
    "test/test_sqlite3/test_dbapi.py": "`size` is missing in a test that never runs (dry_run=False, 63 bits)",
    "test/test_sys_settrace.py": "functions that raise NameError on purpose",
    "test/test_with.py": "raises NameError on purpose",
    "test/test_peg_generator/test_pegen.py": "annotations of locals, never evaluated, of names not imported",
    "test/typinganndata/ann_module.py": "an annotation of a function that is never called",
    "test/typinganndata/ann_module3.py": "annotations that raise NameError on purpose",
    "test/datetimetester.py": "a bug: `_utcfromtimestamp` exists nowhere",
    "test/test_pathlib/test_pathlib_abc.py": "a bug: `q` for `p`, in a test that is skipped",
    "test/test_unittest/test_case.py": "`MyException` exists nowhere; the method never runs",
    "test/test_unittest/test_suite.py": "`fail` exists nowhere; the test expects an error",
    "unittest/test/test_case.py": "`MyException` exists nowhere; the method never runs",
    "unittest/test/test_suite.py": "`fail` exists nowhere; the test expects an error",
    "numpy/distutils/npy_pkg_config.py": "a bug: `parse_sections` returns two names that it never binds",
    "fontTools/misc/configTools.py": "a bug: `Iterator` is not imported (the annotation is never evaluated)",
    "fontTools/pens/pointInsidePen.py": "a bug: the constants of `_qCurveToOne_unfinished` exist nowhere",
    "fontTools/tfmLib.py": "a bug: `ne` for `sizes.ne`",
    "pip/_vendor/pygments/lexer.py": "a bug: vendoring removed `import chardet`",
}
# Reports that are wrong, and why we can't know better.
FALSE = {"test/test_gettext.py": "`gettext.install(names=[...])` puts these names into builtins at run time"}
PACKAGES = ("numpy", "scipy", "sklearn", "matplotlib", "jedi", "rich", "pygments", "fontTools", "PIL", "pip")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--files", type=int, default=3000, help="how many files to read at most")
    arguments.add_argument("--package", action="append", help="an installed package, in place of the default ten")
    options = arguments.parse_args()

    warnings.simplefilter("ignore")
    counts: collections.Counter[str] = collections.Counter()
    begun = time.perf_counter()
    for path, text in _files(tuple(options.package or PACKAGES), options.files):
        counts["files"] += 1
        counts["lines"] += text.count("\n")
        well_formed = _compiles(text)
        counts["refused by CPython"] += not well_formed
        index = python_index(Snapshot.of(text))
        syntax = list(syntax_problems(index))
        names = list(undefined_names(index))
        if well_formed:
            counts["syntax alarms"] += len(syntax)
            _show(path, index, syntax)
        elif not syntax:
            counts["syntax errors missed"] += 1
            print(f"{path}: broken, but nothing was found")
        why = _reason(GENUINE, path)
        counts["undefined names, genuine" if why else "undefined names, false alarms"] += len(names)
        if names:
            _show(path, index, names, _asked_of_pyflakes(text), why)
        members = list(misspelling_problems(index))
        counts["members and arguments, false alarms"] += len(members)
        _show(path, index, members)
    counts["seconds"] = round(time.perf_counter() - begun)
    print(", ".join(f"{what}: {count}" for what, count in counts.items()))
    return 0


def _files(packages: tuple[str, ...], limit: int) -> Iterator[tuple[Path, str]]:
    """At most `limit` files, taken evenly from each folder, more of the larger ones."""
    folders = [Path(sysconfig.get_path("stdlib"))]
    for name in packages:
        found = importlib.util.find_spec(name)
        if found is None or not found.submodule_search_locations:
            print(f"{name}: not installed, left out", file=sys.stderr)
            continue
        folders.append(Path(next(iter(found.submodule_search_locations))))
    shares = [sorted(_sources(folder)) for folder in folders]
    keep = min(1.0, limit / max(1, sum(map(len, shares))))
    shares = [[paths[int(i / keep)] for i in range(int(len(paths) * keep))] for paths in shares]
    for folder, paths in zip(folders, shares, strict=True):
        print(f"{folder.name}: {len(paths)} files")
        for path in paths:
            try:
                with tokenize.open(path) as stream:
                    yield path, stream.read()
            except (SyntaxError, UnicodeDecodeError):
                continue  # not text in the encoding that it declares


def _sources(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*.py") if "site-packages" not in path.relative_to(folder).parts)


def _reason(reasons: dict[str, str], path: Path) -> str:
    return next((why for tail, why in reasons.items() if path.as_posix().endswith("/" + tail)), "")


def _compiles(text: str) -> bool:
    try:
        compile(text, "<file>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _show(path: Path, index: Index, problems: list[Problem], agreed: set[str] | None = None, why: str = "") -> None:
    for problem in problems:
        line = index.snapshot.line_at(problem.span.start)
        text = index.snapshot.line_text(line).strip()
        opinion = "" if agreed is None else f" [pyflakes: {'the same' if problem.name in agreed else 'no'}]"
        print(f"{path}:{line + 1}: {problem.message}{opinion}\n    {text[:100]}")
    if problems:
        known = _reason(FALSE, path) or "not looked at yet"
        print(f"    genuine: {why}" if why else f"    FALSE ALARM: {known}")


def _asked_of_pyflakes(text: str) -> set[str] | None:
    try:
        from pyflakes import checker, messages
    except ImportError:
        return None
    import ast

    try:
        found = checker.Checker(ast.parse(text)).messages
    except (SyntaxError, ValueError, RecursionError):
        return set()
    return {str(m.message_args[0]) for m in found if isinstance(m, messages.UndefinedName)}


if __name__ == "__main__":
    sys.exit(main())
