"""Every socket frame as a typed, frozen class: the one source of the TypeScript types and of docs/protocol.md.

Frames travel as JSON objects with a ``type``. Each direction is a closed list: what is not in it gets an ``error``
frame that names the fault, and the connection lives.
"""

from support.protocol import agent, customer
from support.protocol.frames import VERSION, BadFrame, Frame, dump, parse

__all__ = ["VERSION", "BadFrame", "Frame", "agent", "customer", "dump", "parse"]
