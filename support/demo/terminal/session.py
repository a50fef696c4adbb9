"""A customer's session: the cookie that the widget's panel would get."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

TIMEOUT_S = 10


class NoChat(Exception):
    """The service cannot be talked to; the text says why, for a person."""


@dataclass(frozen=True, slots=True)
class Session:
    """Where the socket is, and what opens it."""

    socket: str
    origin: str
    cookie: str


def begin(url: str, inbox_key: str) -> Session:
    """Begin as a new customer of an inbox at ``url``.

    Raises:
        NoChat: the service does not answer, or not with a session.
    """
    # trust_env: a proxy of the environment must not stand between a terminal and this machine.
    with httpx.Client(base_url=url, headers={"Origin": url}, timeout=TIMEOUT_S, trust_env=False) as client:
        try:
            answer = client.post(f"/api/widget/{inbox_key}/session", json={})
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoChat(f"{url} does not answer ({error}). Is the service running?") from error
    if answer.status_code != 200:
        raise NoChat(f"{url} gave no session for the inbox {inbox_key!r}: {detail(answer)}")
    # Read from the answer and not sent by a cookie jar, which would keep a Secure cookie back on plain http.
    cookie = "; ".join(f"{each.name}={each.value}" for each in answer.cookies.jar)
    parts = urlsplit(url)
    scheme = "wss" if parts.scheme == "https" else "ws"
    return Session(f"{scheme}://{parts.netloc}/ws/customer/{inbox_key}", url, cookie)


def detail(answer: httpx.Response) -> str:
    """The reason that the service gives, or the status."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    told = body.get("detail") if isinstance(body, dict) else None
    return told if isinstance(told, str) else f"it answered {answer.status_code}."
