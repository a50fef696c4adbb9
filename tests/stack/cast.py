"""The people: an inbox and accounts by a Django program, everything else over HTTP as browsers do it."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from tests.stack.service import MANAGE, ROOT, Service

PASSWORD = "a long pass phrase of the tests"
SESSION_COOKIE = "baton-session"
CSRF_COOKIE = "baton-csrf"
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used, but httpx would load every certificate for each browser
MAKE = """
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from support.models import Agent
from tests import people

website = people.inbox({key!r})
password = make_password({password!r})  # once: it takes 0.3 s on purpose
for name, role in {people!r}.items():
    user = User.objects.create(username=name, password=password)
    agent = Agent.objects.create(user=user, name=name.title(), role=role, capacity=50, availability="available")
    agent.inboxes.set([website])
"""


@dataclass(frozen=True, slots=True)
class Customer:
    """A browser with the widget open."""

    inbox: str
    conversation: str
    cookie: str

    @property
    def path(self) -> str:
        """Of the socket."""
        return f"/ws/customer/{self.inbox}"


@dataclass(frozen=True, slots=True)
class Agent:
    """A browser that is signed in to the console."""

    name: str
    cookie: str
    csrf: str

    path = "/ws/agent"


class Cast:
    """One website and who comes there. The agents have room for fifty conversations each and are available."""

    def __init__(self, service: Service, inbox: str = "tarnwood") -> None:
        self.service, self.inbox = service, inbox
        self.headers = {"Origin": service.public_url, "Referer": f"{service.public_url}/"}

    def make(self, agents: Sequence[str] = ("ana",), managers: Sequence[str] = ()) -> None:
        """Write the website and the accounts. Needs the database, and no service yet."""
        people = dict.fromkeys(agents, "agent") | dict.fromkeys(managers, "manager")
        program = MAKE.format(key=self.inbox, password=PASSWORD, people=people)
        command = (*MANAGE, "shell", "--no-imports", "-c", program)
        done = subprocess.run(command, cwd=ROOT, env=self.service.told, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    async def customer(self, address: str) -> Customer:
        """A new customer opens the widget at one web process."""
        async with self._browser(address) as browser:
            answer = await browser.post(f"/api/widget/{self.inbox}/session", json={})
        answer.raise_for_status()
        name = f"baton-{self.inbox}"
        return Customer(self.inbox, answer.json()["conversation"], f"{name}={answer.cookies[name]}")

    async def agent(self, address: str, name: str = "ana") -> Agent:
        """Somebody signs in; the session is good at every web process."""
        async with self._browser(address) as browser:
            await browser.get("/login/")
            form = {"username": name, "password": PASSWORD, "next": "/"}
            csrf = {"X-CSRFToken": browser.cookies[CSRF_COOKIE]}
            answer = await browser.post("/login/", data=form, headers=csrf)
            assert answer.status_code == 302, f"{answer.status_code} {answer.text[:300]}"
            session, csrf_token = browser.cookies[SESSION_COOKIE], browser.cookies[CSRF_COOKIE]
        return Agent(name, f"{SESSION_COOKIE}={session}; {CSRF_COOKIE}={csrf_token}", csrf_token)

    async def read(self, address: str, agent: Agent, path: str) -> httpx.Response:
        """Get something of the API, such as /api/metrics."""
        async with self._browser(address) as browser:
            return await browser.get(path, headers={"Cookie": agent.cookie})

    async def decide(self, address: str, agent: Agent, conversation: str, step: str, **values: str) -> httpx.Response:
        """Call a step of the API: accept, take-over, hand-back, resolve."""
        headers = {"Cookie": agent.cookie, "X-CSRFToken": agent.csrf}
        async with self._browser(address) as browser:
            return await browser.post(f"/api/conversations/{conversation}/{step}", json=values, headers=headers)

    async def take_over(self, address: str, agent: Agent, customer: Customer) -> None:
        """An agent steps in, so that both sides may write from here on."""
        answer = await self.decide(address, agent, customer.conversation, "take-over")
        assert answer.status_code == 200, f"{answer.status_code} {answer.text[:300]}"

    def _browser(self, address: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=f"http://{address}", headers=self.headers, trust_env=False, timeout=20, verify=PLAIN
        )
