"""Build the editor's page, with the machine's Node.js or else the one from the package index.

`editor.py build` brings `src/freckle/server/static` up to date with `web/`; when nothing changed
it returns at once and needs neither Node.js nor a network. `editor.py npm ARGUMENTS` runs npm in
`web/` with its packages installed. The build hook uses `ensure_page` of this file.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
OLDEST_NODE: Final = (20, 19)
PAGE: Final = "src/freckle/server/static"
MARK: Final = "sources.sha256"
"""File beside the page that tells which sources it was built from."""
NODE_LOCK: Final = "requirements-node.lock"


def ensure_page(root: Path) -> None:
    """Build the page unless it stands and matches `web/`; `RuntimeError` says what is missing."""
    web, page = root / "web", root / PAGE
    if not (web / "package.json").is_file() or built(web, page):
        return
    npm(web, "run", "build")
    if not (page / "index.html").is_file():
        raise RuntimeError(f"The editor's build ended without {PAGE}/index.html.")
    (page / MARK).write_text(fingerprint(sources(web), web) + "\n", encoding="utf-8")


def built(web: Path, page: Path) -> bool:
    """Return whether the page stands and was built from these sources."""
    mark = page / MARK
    if not (page / "index.html").is_file() or not mark.is_file():
        return False
    return mark.read_text(encoding="utf-8").strip() == fingerprint(sources(web), web)


def sources(web: Path) -> list[Path]:
    """Return every file that the page is built from, in a fixed order; tests do not count."""
    found = []
    for folder, folders, names in os.walk(web):
        if "node_modules" in folders:
            folders.remove("node_modules")
        found += [Path(folder, name) for name in names if ".test." not in name]
    return sorted(found)


def fingerprint(files: Iterable[Path], base: Path) -> str:
    """Return the SHA-256 of files' names and contents, hexadecimal."""
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.relative_to(base).as_posix()}\0{file.stat().st_size}\0".encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def npm(web: Path, *arguments: str) -> None:
    """Run npm in `web`, with the locked packages installed before."""
    environment = {**os.environ, "PATH": os.pathsep.join([node_folder(), os.environ["PATH"]])}
    stamp = web / "node_modules" / ".stamp-lock"
    locked = fingerprint([web / "package-lock.json"], web)
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != locked:
        _run(web, environment, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(locked, encoding="utf-8")
    _run(web, environment, *arguments)


def node_folder() -> str:
    """Return the folder with a Node.js that is new enough; bring one where there is none."""
    own = str(Path(sys.executable).parent)
    for folder in (*os.environ["PATH"].split(os.pathsep), own):
        if _new_enough(folder):
            return folder
    print("Installing Node.js from the package index (60 MB, once) …", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, "--require-hashes", "-r", str(ROOT / NODE_LOCK)], check=True)
    if not _new_enough(own):
        raise RuntimeError(f"Node.js from {NODE_LOCK} does not run here: install Node.js 20.19.")
    return own


def _new_enough(folder: str) -> bool:
    node = shutil.which("node", path=folder)
    if node is None or shutil.which("npm", path=folder) is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", said.stdout)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST_NODE


def _run(web: Path, environment: dict[str, str], *arguments: str) -> None:
    program = shutil.which("npm", path=environment["PATH"])
    if program is None:
        raise RuntimeError("The editor is not built and npm is missing: install Node.js 20.19.")
    done = subprocess.run([program, *arguments], cwd=web, env=environment, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"`npm {' '.join(arguments)}` failed in {web.name}/ (see above).")


def main(arguments: Sequence[str]) -> int:
    """Run the command line; return its exit status."""
    try:
        match arguments:
            case ["build"]:
                ensure_page(ROOT)
            case ["npm", *rest]:
                npm(ROOT / "web", *rest)
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
