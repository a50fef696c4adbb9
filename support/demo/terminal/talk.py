"""The conversation between a keyboard, or a file, and the service."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TextIO
from uuid import uuid4

from support.demo.terminal import wording
from support.demo.terminal.chat import Chat
from support.demo.terminal.line import Line
from support.demo.terminal.session import NoChat, Session
from support.demo.terminal.typed import Do, Help, Quit, Say, Typed, Wrong, understand

ANSWER_S = 20.0
QUIET_S = 0.8


async def talk(session: Session, source: TextIO, at_keyboard: bool, show: Callable[[str], None]) -> None:
    """Talk until the source ends or says /quit.

    Args:
        at_keyboard: take lines as they come. Otherwise the next line waits for the answer to the one before.

    Raises:
        NoChat: the service refuses, or does not answer a script in time.
        StrangeFrame: the service speaks another protocol.
    """
    chat = Chat(echo=not at_keyboard)
    line = Line(session, chat, show)
    held = asyncio.create_task(line.hold())
    written = asyncio.create_task(write(chat, line, typed_lines(source), at_keyboard, show))
    await asyncio.wait((held, written), return_when=asyncio.FIRST_COMPLETED)
    first = held if held.done() else written
    for task in (held, written):
        task.cancel()
    await asyncio.gather(held, written, return_exceptions=True)
    first.result()


async def write(
    chat: Chat, line: Line, lines: asyncio.Queue[str | None], at_keyboard: bool, show: Callable[[str], None]
) -> None:
    """Take line after line until the end."""
    if not at_keyboard:
        await answered(chat, line)
    while (text := await lines.get()) is not None:
        typed = understand(text, chat.choices)
        if isinstance(typed, Quit):
            return
        await act(typed, chat, line, show)
        if not at_keyboard:
            await answered(chat, line)


async def act(typed: Typed | None, chat: Chat, line: Line, show: Callable[[str], None]) -> None:
    """Do what was typed."""
    match typed:
        case Help():
            show(wording.HELP)
        case Wrong(why):
            show(f"-- {why}")
        case Do(frame):
            if not await line.send(frame):
                show("-- No connection, so that was not sent. Try again.")
        case Say() as said:
            await line.send(chat.say(said, uuid4().hex))


async def answered(chat: Chat, line: Line) -> None:
    """Wait until nothing is owed any more and nothing came for a moment: an answer may have several lines.

    Raises:
        NoChat: not within ANSWER_S.
    """
    try:
        async with asyncio.timeout(ANSWER_S):
            while chat.owed:
                line.changed.clear()
                await line.changed.wait()
    except TimeoutError as error:
        raise NoChat(f"No answer within {ANSWER_S:.0f} s.") from error
    await quiet(line)


async def quiet(line: Line) -> None:
    """Wait until nothing has come for QUIET_S."""
    while True:
        line.changed.clear()
        try:
            await asyncio.wait_for(line.changed.wait(), QUIET_S)
        except TimeoutError:
            return


def typed_lines(source: TextIO) -> asyncio.Queue[str | None]:
    """The lines of a source as they come, then None. A thread reads: a file cannot be waited for, and it must not block."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        for text in source:
            loop.call_soon_threadsafe(lines.put_nowait, text)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    # A daemon, as nothing can wake a thread that waits for a keyboard.
    threading.Thread(target=read, daemon=True).start()
    return lines
