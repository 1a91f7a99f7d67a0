"""A PostgreSQL server on loopback that the tests start and stop themselves."""

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

from tests.casebook.world import sql, ticking

from entrepot.casebook.casebook import Casebook
from entrepot.casebook.registry import tables_of_entries
from entrepot.casebook.tables import metadata

PASSWORD = "s3cret-w0rd"


class Server:
    """A PostgreSQL server in a folder of its own; `start` and `stop` may be called again."""

    def __init__(self, binaries: Path, user: str | None) -> None:
        self._binaries, self._user = binaries, user
        self._folder = Path(tempfile.mkdtemp(prefix="casebook-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count()
        self._shared = ""
        if user:
            shutil.chown(self._folder, user)
        words = self._folder / "password"
        words.write_text(PASSWORD)
        words.chmod(0o644)
        subprocess.run(
            [binaries / "initdb", "-D", self._folder / "data", "-U", "owner", "-E", "UTF8",
             "--no-locale", "--auth=scram-sha-256", f"--pwfile={words}", "--no-sync"],
            check=True, user=user, capture_output=True, cwd="/",
        )  # fmt: skip
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()
        Casebook.upgrade(self._empty("template_casebook"), ticking())

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._binaries / "postgres", "-D", self._folder / "data", "-p", str(self.port),
             "-k", self._folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"],
            user=self._user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip
        for _ in range(200):
            try:
                self.run("postgres", "SELECT 1")
                return
            except Exception:  # the server is still starting
                time.sleep(0.05)
        raise AssertionError("the server does not start")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(20)
            self._process = None

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)  # at once: nothing of it is kept
        shutil.rmtree(self._folder)

    def url(self, database: str, user: str = "owner", password: str = PASSWORD) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def run(self, database: str, *statements: str) -> None:
        sql(self.url(database), *statements)

    def _empty(self, name: str) -> str:
        self.run("postgres", f"CREATE DATABASE {name}")
        return self.url(name)

    def empty(self) -> str:
        """Address of a new database without tables."""
        return self._empty(f"empty_{next(self._numbers)}")

    def cleared(self) -> str:
        """Address of one casebook that tests share, without the entries of the last test."""
        if not self._shared:
            self._shared = self.made()
        tables = [*(table.name for table in tables_of_entries().values()), "trail"]
        guards = [(name, f"{name}_only_added_to") for name in tables]
        statements = [
            *(f"ALTER TABLE {name} DISABLE TRIGGER {guard}" for name, guard in guards),
            *(f"DELETE FROM {table.name} WHERE seq > 1"
              for table in reversed(metadata.sorted_tables)),
            *(f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {guard}" for name, guard in guards),
        ]  # fmt: skip
        sql(self._shared, "; ".join(statements))
        return self._shared

    def made(self) -> str:
        """Address of a new casebook without entries."""
        name = f"made_{next(self._numbers)}"
        self.run("postgres", f"CREATE DATABASE {name} TEMPLATE template_casebook")
        return self.url(name)
