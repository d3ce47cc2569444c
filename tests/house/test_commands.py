"""The commands that people and machines start with are there and do what they say."""

import os
import re
import subprocess

from tests.house.premises import ROOT

MAKE = (ROOT / "Makefile").read_text()
TARGETS = ["demo", "test", "check", "format", "bench", "fuzz", "golden", "setup", "lock", "clean"]


def test_every_command_is_explained() -> None:
    for target in TARGETS:
        assert re.search(rf"^{target}:", MAKE, re.MULTILINE), target
        assert f"make {target} " in MAKE, target


def test_ci_runs_what_people_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().rstrip().endswith("make test")


def test_the_scripts_are_sound_shell() -> None:
    for script in (ROOT / ".ci" / "run", *(ROOT / "scripts").glob("*.sh")):
        assert os.access(script, os.X_OK), script
        subprocess.run(["sh", "-n", script], check=True)


def test_a_missing_browser_is_said_aloud_and_stops_nothing(tmp_path: os.PathLike[str]) -> None:
    # An empty folder as PATH: neither a browser nor a package manager.
    done = subprocess.run(
        ["/bin/sh", ROOT / "scripts" / "browser.sh"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "BROWSER TESTS WILL BE SKIPPED" in done.stderr
