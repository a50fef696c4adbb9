"""Reading JSON bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from support.api.problems import Problem


class Json(JSONParser):
    """JSON whose size and depth are answers, not crashes."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Read a body of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes."""
        try:
            return super().parse(stream, media_type, parser_context)
        except RequestDataTooBig as error:
            raise Problem(413, "too_large", str(error)) from error
        except RecursionError as error:
            raise ParseError("That is nested too deeply.") from error
