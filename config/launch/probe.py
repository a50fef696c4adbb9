"""Ask a program of ours over HTTP whether it is ready. Never through a proxy: it is on this machine."""

import http.client
import json


def get(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, bytes] | None:
    """Return status and body, None when nobody answers within two seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def is_well(port: int, path: str, host: str = "127.0.0.1") -> bool:
    """Whether the answer is 200."""
    answer = get(port, path, host)
    return answer is not None and answer[0] == 200


def says(port: int, path: str, field: str, value: object = True) -> bool:
    """Whether the answer is 200 and JSON in which ``field`` is this value.

    Of several processes on one port any may answer; who asks again reaches another.
    """
    answer = get(port, path)
    if answer is None or answer[0] != 200:
        return False
    try:
        found = json.loads(answer[1])
    except ValueError:
        return False
    return isinstance(found, dict) and found.get(field) == value
