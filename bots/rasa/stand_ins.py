"""Stands in for packages that Rasa imports and this assistant never uses.

TensorFlow is not installed: Rasa imports it for DIET, TED and ResponseSelector even when a pipeline has none of them.
The others belong to channels, stores, plots and a terminal that are not used; without them Rasa starts sooner and is smaller.
``install`` answers those imports with empty classes: definitions that inherit from them succeed, an attempt to use one
is an error that names it.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence

TENSORFLOW = {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"}
CHANNELS_AND_STORES = {"aiogram", "boto3", "botocore", "pymongo", "slack_sdk", "socketio", "twilio", "webexteamssdk"}
TERMINAL_AND_PLOTS = {"matplotlib", "prompt_toolkit", "questionary"}
STANDS_IN_FOR = frozenset(TENSORFLOW | CHANNELS_AND_STORES | TERMINAL_AND_PLOTS)


class _Blank(type):
    """A class whose every attribute is another such class, so that ``tf.keras.layers.Layer`` can be inherited from."""

    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _blank(name)


def _blank(name: str) -> type:
    def refuse(self: object, *args: object, **options: object) -> None:
        raise RuntimeError(f"{name} is only stood in for, see stand_ins.py")

    return _Blank(name, (), {"__init__": refuse, "__class_getitem__": classmethod(lambda cls, item: cls)})


def _decorator(function=None, **options):  # type: ignore[no-untyped-def]
    """Stand in for ``tf.function``, with and without arguments."""
    return function if function is not None else (lambda decorated: decorated)


class _BlankModule(types.ModuleType):
    __path__: list[str] = []

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _decorator if name == "function" else _blank(name)
        setattr(self, name, value)
        return value


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] not in STANDS_IN_FOR:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _BlankModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run: attributes appear when they are asked for."""


def install() -> None:
    """Answer those imports from now on. Call before the first import of Rasa."""
    sys.meta_path.insert(0, _Finder())
