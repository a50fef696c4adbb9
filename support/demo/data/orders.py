"""Who ordered what. Days count from the day of loading, so that "expected in two days" stays true."""

from __future__ import annotations

from dataclasses import dataclass

from support.demo.models import ReturnStatus, Status

CUSTOMERS = {
    "mira": "Mira Holt",
    "jonas": "Jonas Ek",
    "aisha": "Aisha Rahman",
    "tomas": "Tomas Vrba",
    "lucia": "Lucia Moreno",
    "owen": "Owen Price",
    "yuki": "Yuki Tanaka",
    "petra": "Petra Lind",
}


@dataclass(frozen=True, slots=True)
class SampleReturn:
    """Days ago; ``number`` 1043 is RT-1043."""

    number: int
    status: ReturnStatus
    reason: str
    announced: int
    received: int | None = None
    refunded: int | None = None


@dataclass(frozen=True, slots=True)
class SampleOrder:
    """``placed`` and ``delivered`` are days ago, ``expected`` is days ahead; ``items`` are (slug, quantity)."""

    number: str
    customer: str
    status: Status
    items: tuple[tuple[str, int], ...]
    placed: int
    expected: int | None = None
    delivered: int | None = None
    carrier: str = ""
    tracking: str = ""
    returned: SampleReturn | None = None


PARCEL, VAN = "Norrpost", "Budbilen"
PLACED, PACKED, SHIPPED, DELIVERED, CANCELLED = Status
ANNOUNCED, RECEIVED, REFUNDED = ReturnStatus

ORDERS = (
    SampleOrder("TW-48320", "petra", PLACED, (("dun-bag", 1), ("mossa-mat", 1)), 0, 5),
    SampleOrder("TW-48317", "mira", PLACED, (("siv-38", 1),), 1, 4),
    SampleOrder("TW-48311", "owen", PACKED, (("glod-stove", 1), ("enamel-mug", 2)), 1, 3),
    SampleOrder("TW-48305", "yuki", SHIPPED, (("berg-boots", 1),), 2, 1, None, VAN, "BB-7720-4419"),
    SampleOrder("TW-48300", "jonas", SHIPPED, (("lomma-3", 1), ("repair-kit", 1)), 2, 2, None, PARCEL, "NP483007720SE"),
    SampleOrder("TW-48261", "aisha", SHIPPED, (("skarn-tarp", 2),), 9, -3, None, PARCEL, "NP482617091SE"),
    SampleOrder("TW-48250", "lucia", DELIVERED, (("enamel-mug", 4),), 4, 0, 0, PARCEL, "NP482507015SE"),
    SampleOrder("TW-48222", "mira", DELIVERED, (("siv-22", 1), ("enamel-mug", 1)), 9, -5, 5, PARCEL, "NP482226998SE"),
    SampleOrder(
        "TW-48213", "tomas", DELIVERED, (("lomma-2", 1),), 24, -19, 19, PARCEL, "NP482136971SE",
        SampleReturn(1043, RECEIVED, "The tent is too small for the two of us.", 9, 3),
    ),
    SampleOrder(
        "TW-48199", "owen", DELIVERED, (("hede-shoes", 1),), 16, -12, 12, VAN, "BB-7712-3306",
        SampleReturn(1044, ANNOUNCED, "The shoes are a size too small.", 2),
    ),
    SampleOrder("TW-48150", "lucia", CANCELLED, (("lomma-2", 1),), 21),
    SampleOrder(
        "TW-48120", "yuki", DELIVERED, (("dun-bag", 1),), 38, -33, 33, PARCEL, "NP481206520SE",
        SampleReturn(1039, REFUNDED, "A seam came open on the first night.", 24, 18, 15),
    ),
    SampleOrder("TW-48077", "petra", DELIVERED, (("mossa-mat", 2), ("repair-kit", 1)), 35, -30, 30, VAN, "BB-7690-1180"),
    SampleOrder("TW-47985", "aisha", CANCELLED, (("siv-38", 1), ("berg-boots", 1)), 52),
    SampleOrder("TW-47950", "jonas", DELIVERED, (("berg-boots", 1),), 63, -58, 58, PARCEL, "NP479506014SE"),
    SampleOrder("TW-47001", "tomas", DELIVERED, (("glod-stove", 1),), 95, -90, 90, PARCEL, "NP470014402SE"),
)  # fmt: skip
