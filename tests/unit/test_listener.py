"""The listening socket of a web process."""

from __future__ import annotations

import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from config.launch import ports
from support.management.listener import listening

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shares a port in earnest")


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """Closes what was opened."""
    with ExitStack() as stack:
        yield stack


def test_one_alone_has_its_port_for_itself(opened: ExitStack) -> None:
    first = opened.enter_context(listening("127.0.0.1", 0, share=False))
    with pytest.raises(OSError, match="Address already in use"):
        listening("127.0.0.1", first.getsockname()[1], share=True)


@linux
def test_two_that_share_listen_on_one_port_and_both_get_visitors(opened: ExitStack) -> None:
    port = ports.any_free()
    both = [opened.enter_context(listening("127.0.0.1", port, share=True)) for _ in range(2)]
    visited: set[int] = set()
    for _ in range(64):
        opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
        for number, each in enumerate(both):
            try:
                opened.enter_context(each.accept()[0])
            except BlockingIOError:
                continue
            visited.add(number)
    assert visited == {0, 1}


@linux
def test_one_that_does_not_share_keeps_those_out_that_would(opened: ExitStack) -> None:
    first = opened.enter_context(listening("127.0.0.1", 0, share=True))
    with pytest.raises(OSError, match="Address already in use"):
        listening("127.0.0.1", first.getsockname()[1], share=False)


@linux
@pytest.mark.parametrize("share", [True, False])
def test_a_port_of_somebody_else_is_not_free_even_when_they_would_share_it(opened: ExitStack, share: bool) -> None:
    first = opened.enter_context(listening("127.0.0.1", 0, share=share))
    assert not ports.is_free(first.getsockname()[1])


def test_hundreds_who_come_at_once_are_let_wait(opened: ExitStack) -> None:
    ours = opened.enter_context(listening("127.0.0.1", 0, share=False))
    for _ in range(300):
        opened.enter_context(socket.create_connection(ours.getsockname(), timeout=0.9))  # a second try comes after 1 s


def test_an_address_of_the_newer_kind_will_do(opened: ExitStack) -> None:
    try:
        ours = opened.enter_context(listening("::1", 0, share=False))
    except OSError:
        pytest.skip("this machine has no IPv6")
    assert ours.family == socket.AF_INET6


def test_the_bound_of_open_files_is_lifted_as_far_as_the_system_lets_us() -> None:
    hard = min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], 4000)
    script = (
        "import resource\n"
        "from support.management.listener import allow_many_sockets\n"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, (1024, {hard}))\n"
        "allow_many_sockets()\n"
        "print(*resource.getrlimit(resource.RLIMIT_NOFILE))\n"
    )
    said = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=True).stdout
    assert said.split() == [str(hard), str(hard)]
