"""The locked dependencies are exact, checkable, and say nothing about where they come from."""

import json
import re
import tomllib

import pytest

from tests.house.premises import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"]
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[0-9][^ ;]*)(?: ; [^\\]+)?$")
HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")


def requirements(text: str) -> list[list[str]]:
    """Split a lock into its requirements: the pin first, then its options."""
    logical = re.sub(r"\\\n", "\n", re.sub(r"(?m)^\s*#.*\n", "", text))
    found: list[list[str]] = []
    for line in filter(None, logical.splitlines()):
        if line.startswith(" "):
            found[-1].append(line.strip())
        else:
            found.append([line.strip()])
    return found


def fault(requirement: list[str]) -> str | None:
    """Tell what is wrong with a locked requirement."""
    pin, *options = requirement
    if not PIN.match(pin):
        return f"not an exact pin: {pin}"
    if not options or not all(HASH.match(option) for option in options):
        return f"without a hash: {pin}"
    return None


def pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pin, *_ in requirements((ROOT / lock).read_text()):
        name, version = pin.split(" ")[0].split("==")
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_has_a_version_and_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert requirements(text)
    assert [wrong for each in requirements(text) if (wrong := fault(each))] == []
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize(
    "text",
    [
        "numpy==2.1\n",
        "numpy>=2 \\\n    --hash=sha256:" + "0" * 64 + "\n",
        "numpy==2.1 \\\n    --hash=md5:" + "0" * 32 + "\n",
        "--extra-index-url somewhere\n",
    ],
)
def test_a_bad_lock_is_found(text: str) -> None:
    assert any(fault(each) for each in requirements(text))


def test_the_development_lock_holds_what_users_get() -> None:
    users, ours = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: ours.get(name) for name in users} == users


def test_the_locks_hold_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    (everything,) = extras["all"]
    # Ray and PyTorch stay out: each is larger than all the rest. Likeness is asked for by name.
    apart = {"cluster", "generate", "people"}
    assert set(extras) - {"all"} - set(re.findall(r"[a-z]+", everything)) == apart
    wanted = [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *project["dependency-groups"]["dev"],
        *(need for name, extra in extras.items() for need in extra if name not in apart),
    ]
    names = {re.split(r"[\[<>=~! ]", need)[0].lower() for need in wanted} - {"freckle"}
    assert names - set(pins("requirements-dev.lock")) == set()


def test_npms_lock_keeps_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    bundled = {name for name, entry in packages.items() if entry.get("inBundle")}
    assert [
        n for n, entry in packages.items() if n not in bundled and "integrity" not in entry
    ] == []
