"""Nothing lies in the repository that does not belong there."""

import ast
import re

import pytest

from tests.house.premises import ROOT, texts, tracked

AT_THE_ROOT = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "benchmarks",
    "deploy",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs",
    "hatch_build.py",
    "integrations",
    "LICENSE",
    "Makefile",
    "NOTICE",
    "pyproject.toml",
    "README.md",
    "requirements-dev.lock",
    "requirements-node.lock",
    "requirements.lock",
    "scripts",
    "src",
    "tests",
    "web",
}
# Written in two parts, so that this file does not break its own rule.
REGISTRIES = [
    f"{name}.{end}"
    for name, end in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("debian", "org"),
        ("conda", "io"),
        ("crates", "io"),
    )
]
MACHINE = re.compile(r"(?:^|[\s\"'`(=:])/(?:root|work|opt|Users|home/\w+)/|[A-Z]:\\\\?Users\\\\?\w")
BANNED = {
    *("utils", "util", "helpers", "helper", "common", "misc", "base", "core"),
    *("manager", "handler", "service", "processor", "data", "info"),
}
LONGEST_FILE = 300
ARGUED = {
    "src/freckle/analysis/regions.py": 400,  # one list of masks, a few lines each
    "src/freckle/render/strokes.py": 320,  # one way from points to a mask
    "tests/analysis/test_faces.py": 340,  # one table of portraits and what is in them
    "tests/codec/test_hostile.py": 320,  # one zoo of broken files
}
"""Files that are longer, how long they may be, and why they stay whole."""
LARGEST_FILE = 450_000


def test_the_root_holds_what_it_is_meant_to_hold() -> None:
    found = {path.parts[0] for path in tracked()}
    assert found - AT_THE_ROOT == set()


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    wrong = [
        f"{path}:{number}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if any(host in line for host in REGISTRIES) or MACHINE.search(line)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "line",
    ["open('{}root/x')", '"{}work/main"', "PATH={}opt/x/bin", "{}home/ada/x", " {}Users/ada/"],
)
def test_the_search_for_places_finds_them(line: str) -> None:
    assert MACHINE.search(line.format("/"))


def test_no_large_files() -> None:
    assert [p for p in tracked() if (ROOT / p).stat().st_size > LARGEST_FILE] == []


def test_python_files_are_short_enough_to_read() -> None:
    lengths = {path: text.count("\n") for path, text in texts("*.py")}
    long = {p: n for p, n in lengths.items() if n > ARGUED.get(p.as_posix(), LONGEST_FILE)}
    assert long == {}


def test_every_module_says_what_it_is() -> None:
    silent = [path for path, text in texts("*.py") if not ast.get_docstring(ast.parse(text))]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = tracked("src/*.py", "benchmarks/*.py", "scripts/*.py")
    assert [path for path in named if path.stem in BANNED or path.parent.name in BANNED] == []


def test_no_open_ends() -> None:
    mark = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
    code = texts("src/*.py", "web/src/*.ts", "web/src/*.tsx", "benchmarks/*.py", "scripts/*")
    assert [path for path, text in code if mark.search(text)] == []


def test_exceptions_from_the_rules_name_the_rule() -> None:
    bare = re.compile(r"# noqa(?!: [A-Z]+\d+)|# type: ignore(?!\[)")
    here = "tests/house/test_tree.py"
    assert [p for p, text in texts("*.py") if str(p) != here and bare.search(text)] == []
