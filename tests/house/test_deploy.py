"""What `deploy/` and its page name exists: options, files, units."""

import configparser
import re
import shlex
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from freckle.cli.parser import build_parser
from freckle.server.settings import MEBI, Settings
from tests.house.premises import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
UNITS = sorted(path.name for path in DEPLOY.glob("freckle*.*") if path.suffix != ".yaml")
PAGE = (ROOT / "docs" / "operations.md").read_text()
FILLED = {
    "FRECKLE_HOST": "photos.example.org",
    "POSTGRES_PASSWORD": "x",
    "FRECKLE_QUOTA": "100GB",
    "FRECKLE_METRICS_TOKEN": "",
}


def understood(words: list[str]) -> Any:
    """What the command line makes of a command of ours, without its name."""
    return build_parser().parse_args(words)


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / name)
    return parser


def test_the_server_of_the_composition_understands_its_command() -> None:
    server = COMPOSE["services"]["server"]
    words = [re.sub(r"\$\{(\w+).*?\}", lambda m: FILLED[m[1]], word) for word in server["command"]]
    arguments = understood(words)
    assert arguments.accounts
    assert arguments.public_url == "https://photos.example.org"
    (network,) = COMPOSE["networks"]["front"]["ipam"]["config"]
    assert arguments.trusted == [network["subnet"]]
    assert server["networks"] == ["front", "back"]
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert server["read_only"]
    assert server["cap_drop"] == ["ALL"]
    assert "ports" not in server  # only the proxy is seen from outside
    assert "ports" not in COMPOSE["services"]["database"]


def test_every_variable_volume_and_file_of_the_composition_is_there() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    example = (DEPLOY / "example.env").read_text()
    for name in set(re.findall(r"\$\{(\w+)", text)):
        assert re.search(rf"^{name}=", example, re.MULTILINE), name
    assert "POSTGRES_PASSWORD=\n" in example  # nobody runs with ours
    for service in COMPOSE["services"].values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            there = (DEPLOY / source).exists() if source.startswith(".") else True
            assert there, mount
            assert source.startswith(".") or source in COMPOSE["volumes"], mount
        if "build" in service:
            context = (DEPLOY / service["build"]["context"]).resolve()
            assert (context / service["build"]["dockerfile"]).is_file()
        for other in service.get("depends_on", []):
            assert other in COMPOSE["services"]


def test_the_image_copies_what_there_is_and_starts_a_server() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    command = next(line for line in lines if line.startswith("CMD "))
    arguments = understood(re.findall(r'"(.*?)"', command))
    assert (arguments.host, arguments.port, str(arguments.data)) == ("0.0.0.0", 8765, "/data")  # noqa: S104 - inside a container
    assert (ROOT / "requirements.lock").is_file()
    assert any("--require-hashes -r requirements.lock" in line for line in lines)
    users = [line for line in lines if line.startswith("USER ")]
    assert users == ["USER freckle"]  # nothing runs as root
    port = next(line for line in lines if line.startswith("EXPOSE ")).split()[1]
    assert f"127.0.0.1:{port}/health" in "".join(lines)
    assert f"server:{port}" in (DEPLOY / "Caddyfile").read_text()


def test_every_command_of_the_units_is_understood() -> None:
    for name in UNITS:
        start = unit(name).get("Service", "ExecStart", fallback=None)
        if start is not None:
            program, *words = shlex.split(start)
            assert program == "/usr/local/bin/freckle"
            understood(words)
    service = unit("freckle.service")["Service"]
    data = understood(shlex.split(service["ExecStart"])[1:]).data
    assert str(data) == f"/var/lib/{service['StateDirectory']}"
    backup = unit("freckle-backup.service")["Service"]
    words = understood(shlex.split(backup["ExecStart"])[1:])
    assert words.data == data
    assert str(words.output.parent) == backup["ReadWritePaths"]


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Any) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("there is no systemd on this machine")
    for name in UNITS:  # the program itself is not installed here
        text = (DEPLOY / name).read_text().replace("/usr/local/bin/freckle", "/bin/true")
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in UNITS]
    command = [program, "verify", "--man=no", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "freckle" in line]
    assert said == []


def test_proxies_let_the_largest_upload_and_sockets_through() -> None:
    nginx, caddy = ((DEPLOY / name).read_text() for name in ("nginx.conf", "Caddyfile"))
    most = (Settings().upload_bytes + Settings().body_bytes) / MEBI
    for text, pattern in ((nginx, r"client_max_body_size (\d+)m;"), (caddy, r"max_size (\d+)MB")):
        found = re.search(pattern, text)
        assert found
        assert int(found[1]) >= most
        assert "/metrics" in text  # figures are not for strangers
    for header in ("Host", "X-Forwarded-For", "X-Forwarded-Proto", "Upgrade", "Connection"):
        assert f"proxy_set_header {header} " in nginx
    assert nginx.count("{") == nginx.count("}")
    assert caddy.count("{") == caddy.count("}")


def test_the_page_names_options_files_and_figures_that_exist() -> None:
    known = "".join(_helps("serve", "backup", "restore", "quota"))
    options = set(re.findall(r"`(--[a-z-]+)", PAGE))
    assert options >= {"--public-url", "--trusted-proxy", "--quota"}
    for option in options:
        assert option in known, option
    for path in re.findall(r"`?(deploy/[\w.-]+\.\w+)", PAGE):
        assert (ROOT / path).is_file(), path
    for line in re.findall(r"^freckle (.*?)(?:\s{2,}#.*)?$", PAGE, re.MULTILINE):
        understood(shlex.split(line.replace("…", "host")))
    source = (ROOT / "src" / "freckle" / "server" / "metrics.py").read_text()
    for figure in re.findall(r"`(freckle_[a-z_]+)", PAGE):
        assert f'"{figure.removesuffix("_total")}"' in source, figure
    for name in UNITS:
        assert name.removesuffix(".service").removesuffix(".timer") in PAGE


def _helps(*commands: str) -> list[str]:
    choices = build_parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr,index]
    return [choices[name].format_help() for name in commands]  # type: ignore[index,union-attr]
