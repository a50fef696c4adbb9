"""What stands on the shelf, in this order; the first is on the front page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

CATEGORIES = ("tents", "packs", "boots", "sleep", "kitchen", "repairs")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A product as it is loaded; ``price`` in euros, ``goes_with`` by slug."""

    slug: str
    name: str
    category: str
    kicker: str
    blurb: str
    price: Decimal
    stock: int
    weight_g: int
    packed: str
    picture_shows: str
    goes_with: tuple[str, ...]


PRODUCTS = (
    Shelved(
        "lomma-2",
        "Lomma 2",
        "tents",
        "Tents, two people",
        "A three-season tent that two people pitch in four minutes. 1.9 kg with its bag, poles you can mend with a "
        "pocket knife, and cloth we patch for life.",
        Decimal("289.00"),
        14,
        1900,
        "44 × 15 cm",
        "A rust tent before mountains",
        ("siv-38", "berg-boots", "enamel-mug"),
    ),
    Shelved(
        "lomma-3",
        "Lomma 3",
        "tents",
        "Tents, three people",
        "The Lomma with room for a child or a dog, and a porch deep enough to cook in when it rains sideways.",
        Decimal("369.00"),
        6,
        2600,
        "48 × 18 cm",
        "A green tent under an evening sky",
        ("mossa-mat", "dun-bag", "glod-stove"),
    ),
    Shelved(
        "skarn-tarp",
        "Skarn tarp",
        "tents",
        "Tents, shelter",
        "Three by three metres of cloth, eight loops and a cord. It makes a roof of two trees and an afternoon of rain.",
        Decimal("89.00"),
        22,
        620,
        "24 × 10 cm",
        "A yellow tarp between two trees",
        ("mossa-mat", "repair-kit", "enamel-mug"),
    ),
    Shelved(
        "siv-38",
        "Siv 38 pack",
        "packs",
        "Packs, 38 litres",
        "A pack for a long weekend. Two straps that can be sewn on again at any kitchen table, and one big pocket.",
        Decimal("149.00"),
        31,
        1150,
        "62 × 30 cm",
        "A green pack",
        ("lomma-2", "berg-boots", "repair-kit"),
    ),
    Shelved(
        "siv-22",
        "Siv 22 day pack",
        "packs",
        "Packs, 22 litres",
        "Lunch, a jumper and a map. It is the Siv 38 after a wash that was too hot.",
        Decimal("95.00"),
        18,
        680,
        "48 × 26 cm",
        "An ochre day pack",
        ("hede-shoes", "enamel-mug", "skarn-tarp"),
    ),
    Shelved(
        "berg-boots",
        "Berg boots",
        "boots",
        "Boots, for scree",
        "Full leather on a sole that a cobbler can take off. They are stiff for a week and good for ten years.",
        Decimal("199.00"),
        9,
        1480,
        "36 to 48",
        "A brown boot",
        ("siv-38", "hede-shoes", "lomma-2"),
    ),
    Shelved(
        "hede-shoes",
        "Hede shoes",
        "boots",
        "Boots, low",
        "Light shoes for gravel roads and wet grass, dry again by breakfast.",
        Decimal("129.00"),
        0,
        760,
        "36 to 48",
        "A grey low shoe with orange laces",
        ("siv-22", "berg-boots", "enamel-mug"),
    ),
    Shelved(
        "dun-bag",
        "Dun sleeping bag",
        "sleep",
        "Sleep, down to −5 °C",
        "Down from geese that were eaten anyway, in a shell that breathes. The zip runs both ways.",
        Decimal("219.00"),
        11,
        980,
        "32 × 18 cm",
        "A rolled-up blue sleeping bag",
        ("mossa-mat", "lomma-2", "lomma-3"),
    ),
    Shelved(
        "mossa-mat",
        "Mossa mat",
        "sleep",
        "Sleep, on top of stones",
        "A foam mat that cannot go flat. Folded it is a chair, a table or a sledge.",
        Decimal("39.00"),
        40,
        410,
        "51 × 13 cm",
        "A folded mat in moss green",
        ("dun-bag", "lomma-3", "skarn-tarp"),
    ),
    Shelved(
        "enamel-mug",
        "Enamel mug",
        "kitchen",
        "Kitchen, 0.4 litres",
        "Steel under enamel. It will chip, and then it is yours.",
        Decimal("14.00"),
        120,
        150,
        "9 × 8 cm",
        "A blue mug with steam",
        ("glod-stove", "siv-22", "mossa-mat"),
    ),
    Shelved(
        "glod-stove",
        "Glod stove",
        "kitchen",
        "Kitchen, gas",
        "Boils a litre in three and a half minutes and stands on three legs, so it stands on anything.",
        Decimal("79.00"),
        17,
        290,
        "12 × 9 cm",
        "A stove with a flame and a kettle",
        ("enamel-mug", "lomma-2", "repair-kit"),
    ),
    Shelved(
        "repair-kit",
        "Tent repair kit",
        "repairs",
        "Repairs, at home",
        "Patches, a needle, thread, glue, half a pole and the booklet that says which is for what.",
        Decimal("12.00"),
        64,
        180,
        "16 × 10 cm",
        "A needle, thread and a patch",
        ("lomma-2", "skarn-tarp", "siv-38"),
    ),
)
