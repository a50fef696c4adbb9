"""What the environment says about how Baton is run here (docs/howto/run.md lists it)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.bootstrap.screen import Refusal


@dataclass(frozen=True)
class Options:
    """How to run Baton. An address of a server of one's own takes the place of the embedded part."""

    home: Path
    models: Path
    web: int
    shop: int
    rasa: int
    actions: int
    webs: int
    workers: int
    pool: int
    database_url: str
    rasa_url: str

    @classmethod
    def read(cls, environ: Mapping[str, str], project: Path) -> "Options":
        """Read them from the environment; raises Refusal for a value that cannot be."""
        home = (project / environ.get("BATON_HOME", ".baton")).resolve()
        return cls(
            home=home,
            models=(project / environ.get("BATON_MODELS", str(home / "models"))).resolve(),
            web=number(environ, "WEB_PORT", 8000, 65535),
            shop=number(environ, "SHOP_PORT", 8001, 65535),
            rasa=number(environ, "RASA_PORT", 5005, 65535),
            actions=number(environ, "ACTIONS_PORT", 5055, 65535),
            webs=number(environ, "WEB", 1, 32),
            workers=number(environ, "WORKERS", 1, 32),
            pool=number(environ, "DATABASE_POOL", 16, 200),
            database_url=environ.get("DATABASE_URL", ""),
            rasa_url=environ.get("RASA_URL", ""),
        )

    def ports(self) -> dict[str, int]:
        """Return the port of each setting that will be listened on."""
        own_bot = {} if self.rasa_url else {"RASA_PORT": self.rasa, "ACTIONS_PORT": self.actions}
        return {"WEB_PORT": self.web, "SHOP_PORT": self.shop, **own_bot}

    def connections(self) -> int:
        """Return how many connections the database must allow: for each process its pool and its listener, and some more."""
        return max(100, (self.webs + self.workers) * (self.pool + 1) + 30)


def number(environ: Mapping[str, str], name: str, default: int, highest: int) -> int:
    """Return a whole number from 1 to ``highest``."""
    value = environ.get(name, str(default))
    if not value.isdecimal() or not 1 <= int(value) <= highest:
        raise Refusal(f"{name} must be a whole number from 1 to {highest}, not {value!r}.")
    return int(value)
