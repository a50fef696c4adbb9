"""Whether a port is free, and who has it."""

import os
import socket
import sys

import pytest

from config.launch import ports


def listening(address: str) -> socket.socket:
    """Return a socket that listens on some port of this address."""
    server = socket.socket()
    server.bind((address, 0))
    server.listen()
    return server


def test_a_port_that_nobody_has_is_free() -> None:
    assert ports.is_free(ports.any_free())


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_somebody_listens_on_is_taken(address: str) -> None:
    with listening(address) as server:
        assert not ports.is_free(server.getsockname()[1])


def test_a_port_that_is_bound_and_not_yet_listened_on_is_taken() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        assert not ports.is_free(server.getsockname()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_the_process_that_holds_a_port_is_named() -> None:
    with listening("127.0.0.1") as server:
        named = ports.holder(server.getsockname()[1])
    assert named is not None
    assert f"(process {os.getpid()})" in named


def test_nobody_holds_a_free_port() -> None:
    assert ports.holder(ports.any_free()) is None
