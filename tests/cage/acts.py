"""What a decoder in strangers' hands would try. Run: python -m tests.cage.acts KIND FOLDER.

Each act is tried in a process of its own, inside a cage (`all`, or only one layer of it) or outside
of any; a line says whether it was done.
"""

import ctypes
import mmap
import os
import platform
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from freckle.cage import closing, kernel

LIBC = ctypes.CDLL(None, use_errno=True)
ARM = platform.machine() == "aarch64"


def checked(result: int | None) -> None:
    if result is None or result == -1:
        raise OSError(ctypes.get_errno(), "refused")


def raw(intel: int, arm: int, *values: object) -> None:
    checked(LIBC.syscall(arm if ARM else intel, *values))


class Scene:
    """A folder with files, others who listen, and somebody to hurt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shared = Path(f"/dev/shm/freckle-{os.getpid()}-{folder.name}")  # noqa: S108
        self.file = folder / "secret"
        self.file.write_text("secret", "ascii")
        self.handle = os.open(self.file, os.O_RDONLY)
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix.bind(str(folder / "listens"))
        self.unix.listen()
        self.hidden = socket.socket(socket.AF_UNIX)
        self.hidden.bind(f"\0freckle-{os.getpid()}-{folder.name}")
        self.hidden.listen()
        self.victim = subprocess.Popen(["sleep", "60"])

    def leave(self) -> None:
        self.victim.kill()
        self.victim.wait()
        os.close(self.handle)
        self.shared.unlink(missing_ok=True)
        for each in (self.tcp, self.udp, self.unix, self.hidden):
            each.close()

    def acts(self) -> dict[str, Callable[[], object]]:
        return self.on_files() | self.to_others() | self.of_processes() | self.of_the_kernel()

    def on_files(self) -> dict[str, Callable[[], object]]:
        here = self.folder
        return {
            "read a file": self.file.read_bytes,
            "write a file": lambda: self.file.write_text("mine", "ascii"),
            "create a file": lambda: (here / "new").write_text("mine", "ascii"),
            "list a folder": lambda: list(here.iterdir()),
            "look at a file": self.file.stat,
            "unlink": self.file.unlink,
            "rename": lambda: self.file.rename(here / "moved"),
            "hard link": lambda: os.link(self.file, here / "linked"),
            "symbolic link": lambda: (here / "pointing").symlink_to(self.file),
            "mkdir": (here / "folder").mkdir,
            "mkfifo": lambda: os.mkfifo(here / "pipe"),
            "truncate": lambda: os.truncate(self.file, 0),
            "chmod": lambda: self.file.chmod(0o777),
            "chmod of what is open": lambda: os.fchmod(self.handle, 0o777),
            "chown": lambda: os.chown(self.file, os.getuid(), os.getgid()),
            "read the environment": Path("/proc/self/environ").read_bytes,
            "read memory as a file": lambda: os.open("/proc/self/mem", os.O_RDWR),
            "shared memory": lambda: os.open(self.shared, os.O_CREAT | os.O_RDWR),
            "another folder": lambda: os.chdir("/"),
        }

    def to_others(self) -> dict[str, Callable[[], object]]:
        def said(kind: socket.SocketKind, family: socket.AddressFamily, place: object) -> object:
            return socket.socket(family, kind).connect(place)  # type: ignore[arg-type]

        tcp, stream = socket.AF_INET, socket.SOCK_STREAM
        hidden = self.hidden.getsockname()
        return {
            "connect TCP": lambda: said(stream, tcp, self.tcp.getsockname()),
            "listen TCP": lambda: socket.create_server(("127.0.0.1", 0)),
            "send UDP": lambda: socket.socket(tcp, socket.SOCK_DGRAM).sendto(
                b"x", self.udp.getsockname()
            ),
            "connect unix": lambda: said(stream, socket.AF_UNIX, str(self.folder / "listens")),
            "connect abstract unix": lambda: said(stream, socket.AF_UNIX, hidden),
            "pair of sockets": socket.socketpair,
            "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        }

    def of_processes(self) -> dict[str, Callable[[], object]]:
        space = ctypes.create_string_buffer(64)
        mine = (ctypes.c_size_t * 2)(ctypes.addressof(space), 8)
        return {
            "fork": lambda: os.fork() or os._exit(0),
            "spawn": lambda: os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0),
            "exec": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
            "kill another": lambda: os.kill(self.victim.pid, signal.SIGTERM),
            "signal 0 to another": lambda: os.kill(self.victim.pid, 0),
            "ptrace": lambda: checked(LIBC.ptrace(16, self.victim.pid, 0, 0)),
            "read another's memory": lambda: checked(
                LIBC.process_vm_readv(os.getppid(), mine, 1, mine, 1, 0)
            ),
            "priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, 5),
            "new session": os.setsid,
            "limits of another": lambda: checked(
                LIBC.prlimit(self.victim.pid, 7, ctypes.byref((ctypes.c_ulong * 2)(9, 9)), None)
            ),
            "setuid": lambda: os.setuid(os.getuid()),
            "unshare": lambda: checked(LIBC.unshare(0x10000000)),
        }

    def of_the_kernel(self) -> dict[str, Callable[[], object]]:
        size = mmap.PAGESIZE
        both = mmap.PROT_WRITE | mmap.PROT_EXEC
        page = self.page = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        return {
            "executable memory": lambda: mmap.mmap(-1, size, prot=both),
            "memory made executable": lambda: checked(
                LIBC.mprotect(ctypes.c_void_p(address), size, 5)
            ),
            "memory with a name": lambda: os.memfd_create("x"),
            "mount": lambda: checked(
                LIBC.mount(b"none", str(self.folder).encode(), b"tmpfs", 0, None)
            ),
            "chroot": lambda: os.chroot(self.folder),
            "bpf": lambda: raw(321, 280, 0, (ctypes.c_uint32 * 32)(1, 4, 4, 1), 72),
            "perf_event_open": lambda: raw(298, 241, (ctypes.c_uint32 * 32)(1, 128), 0, -1, -1, 0),
            "key ring": lambda: raw(250, 219, 0, -3, 1),
            "add a key": lambda: raw(248, 217, b"user", b"freckle", b"x", 1, -3),
            "io_uring": lambda: raw(425, 425, 4, (ctypes.c_uint32 * 40)()),
            "userfaultfd": lambda: raw(323, 282, 1),
            "talk to a terminal": lambda: checked(
                LIBC.ioctl(1, 0x5421, ctypes.byref(ctypes.c_int()))
            ),
            "host name": lambda: socket.sethostname(socket.gethostname()),
            "inotify": lambda: checked(LIBC.inotify_init1(0)),
        }


def enter(kind: str) -> None:
    """Shut the cage, or only one layer of it."""
    if kind == "landlock":
        kernel.filters = lambda: False
    if kind == "seccomp":
        kernel.landlock = lambda: 0
    closing.shut(1 << 30, 30)


def tried(act: Callable[[], object], kind: str) -> str:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if kind != "outside":
                enter(kind)
            code = 2
            act()
            code = 0
        except OSError as error:
            sys.stderr.write(f"  {error}\n")
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {0: "done", 1: "no cage", 2: "refused"}.get(code, f"ended by {code}")


NAMES = (
    *("read a file", "write a file", "create a file", "list a folder", "look at a file", "unlink"),
    *("rename", "hard link", "symbolic link", "mkdir", "mkfifo", "truncate", "chmod"),
    *("chmod of what is open", "chown", "read the environment", "read memory as a file"),
    *("shared memory", "another folder", "connect TCP", "listen TCP", "send UDP", "connect unix"),
    *("connect abstract unix", "pair of sockets", "netlink", "fork", "spawn", "exec"),
    *("kill another", "signal 0 to another", "ptrace", "read another's memory", "priority"),
    *("new session", "limits of another", "setuid", "unshare", "executable memory"),
    *("memory made executable", "memory with a name", "mount", "chroot", "bpf"),
    *("perf_event_open", "key ring", "add a key", "io_uring", "userfaultfd"),
    *("talk to a terminal", "host name", "inotify"),
)


def main(kind: str, folder: Path) -> None:
    for number, name in enumerate(NAMES):
        place = folder / str(number)
        place.mkdir()
        scene = Scene(place)
        try:
            sys.stdout.write(f"{name}: {tried(scene.acts()[name], kind)}\n")
            sys.stdout.flush()
        finally:
            scene.leave()
            LIBC.umount2(str(place).encode(), 2)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
