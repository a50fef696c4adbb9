"""The points of a message and of a turn, put around the product's own functions from outside."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

from support import log, turns
from support.consumers.door import Door
from support.log import live
from support.protocol.customer import Accepted
from support.push.announcer import Announcer
from support.push.here import Here
from support.push.hint_layer import HintLayer
from tests.faults.hooked import Faults

HEARD_S = 0.005


def install(faults: Faults) -> None:
    """Wrap them. Fails when the product has no such function any more."""
    for owner, name, wrap in (
        (log, "append", before("arrived")),
        (live, "append", before("arrived")),
        (Announcer, "announce", before("committed")),
        (Here, "announce", before("committed")),
        (HintLayer, "announce", after("announced")),
        (Here, "send", after("announced")),
        (Door, "say", acknowledged),
        (HintLayer, "_deliver", delivered),
        (turns, "claim", claimed),
        (turns, "take", stepped),
    ):
        setattr(owner, name, wrap(getattr(owner, name), faults))


def before(point: str) -> Callable[[Callable[..., Any], Faults], Callable[..., Any]]:
    """Pass the point, then do it: before an append, and before anybody is told, which is after the commit."""

    def wrap(act: Callable[..., Any], faults: Faults) -> Callable[..., Any]:
        def wrapped(*args: Any, **values: Any) -> Any:
            faults.passed(point)
            return act(*args, **values)

        return wrapped

    return wrap


def after(point: str) -> Callable[[Callable[..., Any], Faults], Callable[..., Any]]:
    """Do it, then pass the point: the NOTIFY of a hint, from the event loop or from a thread."""

    def wrap(act: Callable[..., Any], faults: Faults) -> Callable[..., Any]:
        async def awaited(*args: Any, **values: Any) -> Any:
            done = await act(*args, **values)
            faults.passed(point)
            return done

        def wrapped(*args: Any, **values: Any) -> Any:
            done = act(*args, **values)
            faults.passed(point)
            return done

        return awaited if inspect.iscoroutinefunction(act) else wrapped

    return wrap


def acknowledged(say: Callable[..., Any], faults: Faults) -> Callable[..., Any]:
    """After `accepted` was said: at once, while it may still be in a buffer of this process, and when it was heard."""

    async def wrapped(door: Door, frame: Any) -> None:
        await say(door, frame)
        if isinstance(frame, Accepted):
            faults.passed("acknowledged")
            asyncio.get_running_loop().call_later(HEARD_S, faults.passed, "heard")

    return wrapped


def delivered(deliver: Callable[..., Any], faults: Faults) -> Callable[..., Any]:
    """Hints on their way from the listener to the doors."""

    def wrapped(layer: HintLayer, payload: str) -> None:
        if faults.drop and faults.chance.random() < faults.drop:
            return
        if faults.shuffle:
            asyncio.get_running_loop().call_later(faults.chance.uniform(0, faults.shuffle), deliver, layer, payload)
        else:
            deliver(layer, payload)

    return wrapped


def claimed(claim: Callable[..., Any], faults: Faults) -> Callable[..., Any]:
    """A worker has a turn."""

    def wrapped(*args: Any, **values: Any) -> Any:
        found = claim(*args, **values)
        if found:
            faults.passed("claimed")
        return found

    return wrapped


def stepped(take: Callable[..., Any], faults: Faults) -> Callable[..., Any]:
    """Every step that a turn tells."""

    def wrapped(*args: Any, **values: Any) -> Any:
        return take(*args, **{**values, "step": faults.passed})

    return wrapped
