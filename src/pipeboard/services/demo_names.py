"""The invented people, companies and deals of the demo. Any likeness is chance; the awkward names are on purpose."""

from datetime import time
from typing import NamedTuple

from pipeboard.domain.product_commands import AddProduct


class Story(NamedTuple):
    """An open or parked deal as it stands today. Days count backwards from today, `due` and `close` forwards.

    `stage` is the place among the open stages; `age` the days since it was created, `stay` those in its stage;
    `silent` those without a sign of life (None: as long as the stay). A `wake` day makes it a parked deal. `was` is
    its value at first; `closes` are the close dates it had before, each forward of today; `was_lost` says that it was
    lost for a while, as "Timing".
    """

    title: str
    company: str
    value: int | None
    stage: int
    age: int
    stay: int
    owner: int = 0
    task: str = ""
    due: int | None = None
    at: time | None = None
    silent: int | None = None
    close: int | None = None
    contact: str = ""
    is_hot: bool = False
    currency: str = "EUR"
    source: str = "web"
    product: str = "Standard"
    tags: tuple[str, ...] = ()
    notes: str = ""
    wake: int | None = None
    why_parked: str = ""
    every: str = ""
    was: int | None = None
    closes: tuple[int, ...] = ()
    was_lost: bool = False


STORIES = (
    # Lead
    Story("Globex pilot", "Globex", 12_000, 0, 3, 3, 0, "Call Ada about the pilot", 5, time(10), contact="Ada Byrne"),
    Story("Acme [/ EU] framework", "Acme", 9_400, 0, 1, 1, 1, "Mail the price list", 9, tags=("framework", "eu")),
    Story("株式会社サクラ 導入", "サクラ", 8_000, 0, 2, 2, 2, "Demo by video", 11, time(9, 30), contact="佐藤 花子"),
    Story("Сервис Орион", "Орион", 6_500, 0, 6, 6, 0, "Send price list", -2, contact="Ирина Власова"),
    Story("Hooli trial", "Hooli", 2_500, 0, 5, 5, 1, source="fair", is_hot=True),
    Story("Lantern Books shop", "Lantern Books", None, 0, 4, 4, 2, "Ask what the budget is", 2, source="referral"),
    Story("פרויקט כרמל", "כרמל מערכות", 7_200, 0, 2, 2, 0, "Write to Noa", 3, currency="USD"),
    # Contacted
    Story("Initech renewal", "Initech", 8_500, 1, 16, 9, 0, "Call about the invoice", -5, silent=9, source="referral"),
    Story("Vandelay imports", "Vandelay", 22_700, 1, 10, 4, 1, "Demo for the board", 0, time(15), close=40),
    Story("Żabka rollout", "Żabka Północ", 18_000, 1, 7, 2, 2, "Mail the case study", 6, contact="Łucja Wiśniewska"),
    Story(
        "Pied Piper seats",
        "Pied Piper",
        12_000,
        1,
        5,
        1,
        0,
        "Call Dana",
        1,
        product="Seats",
        tags=("saas",),
        every="FREQ=WEEKLY;INTERVAL=2",
    ),
    Story("مشروع الواحة", "الواحة", 15_300, 1, 9, 3, 1, "Meet at the fair", 12, source="fair", currency="USD"),
    # Qualified
    Story("Umbrella EU", "Umbrella", 30_000, 2, 24, 6, 2, source="referral", close=30, product="Gold"),
    Story(
        "Acme platform",
        "Acme",
        48_000,
        2,
        30,
        4,
        0,
        "Send the security answers",
        0,
        close=26,
        contact="Anna Lind",
        is_hot=True,
        product="Gold",
        tags=("platform",),
        notes="Two sites by March.\nThe audit matters more than the price.",
    ),
    Story("Tyrell replicant audit", "Tyrell", 14_000, 2, 21, 3, 1, "Meet their auditor", 8, close=45),
    Story(
        "Framework agreement for the modernisation of the regional waterworks, lots 1 to 7, including training",
        "Waterworks of the Upper Valley",
        64_000,
        2,
        75,
        8,
        2,
        "Write the summary of the site visit",
        4,
        close=60,
        source="tender",
        product="Gold",
        was=52_000,
        closes=(-33, -2, 29),
    ),
    # Proposal made
    Story("Stark retrofit", "Stark", 80_000, 3, 58, 19, 0, close=-7, silent=19, product="Gold", source="referral"),
    Story(
        "Wonka logistics",
        "Wonka",
        56_000,
        3,
        44,
        8,
        1,
        "Send the signed offer",
        5,
        close=18,
        is_hot=True,
        closes=(-14,),
    ),
    Story(
        "Cyberdyne pilot",
        "Cyberdyne",
        35_000,
        3,
        150,
        17,
        2,
        "Wait for their committee",
        12,
        close=25,
        silent=17,
        was_lost=True,
    ),
    Story("Café Zażółć chain", "Zażółć Gęślą", 21_500, 3, 37, 5, 0, "Call about the terms", 2, time(11), close=20),
    # Negotiation
    Story("Wayne tower", "Wayne", 24_000, 4, 62, 4, 0, "Sign at their office", 10, time(14), close=10, product="Gold"),
    Story(
        "Dunder paper supply",
        "Dunder",
        26_400,
        4,
        55,
        11,
        1,
        "Legal list, last three points",
        -1,
        close=6,
        silent=3,
        was=30_000,
    ),
    Story("Mertz & Söhne Wartung", "Mertz & Söhne", 46_000, 4, 70, 6, 2, "Termin mit Einkauf", 3, close=15),
    # The fridge
    Story("Monarch mail rooms", "Monarch", 9_000, 1, 80, 40, 0, wake=0, why_parked="Budget opens in this quarter"),
    Story("Nakatomi plaza", "Nakatomi", 52_000, 2, 95, 30, 1, wake=38, why_parked="Waits for the building permit"),
    Story("Soylent canteens", "Soylent", 16_800, 1, 60, 21, 2, wake=75, why_parked="New buyer starts in spring"),
)

OWNERS = ("Anna Nowak", "Boris Petrov", "Chen Wei")

COMPANIES = (
    *("Aperture", "Borealis", "Cobalt", "Delphi", "Everglow", "Fennimore", "Gantry", "Harbour", "Ironwood"),
    *("Juniper", "Kestrel", "Larkspur", "Meridian", "Northwind", "Oakhurst", "Pinnacle", "Quillon", "Ravenna"),
    *("Sterling", "Tamarack", "Umbra", "Vertex", "Westmark", "Xenia", "Yarrow", "Zephyr"),
)
ENDINGS = ("GmbH", "Ltd", "S.A.", "Labs", "Group", "Foods", "Energy", "Media", "Health", "Works")
PROJECTS = ("rollout", "renewal", "pilot", "audit", "platform", "training", "support", "migration", "seats", "retrofit")
SOURCES = ("web", "web", "web", "referral", "referral", "fair", "outbound", "tender")
CATALOGUE = (
    AddProduct("Gold", "PB-GOLD", "Plans", 24_000_00, notes="Two sites, one contact"),
    AddProduct("Standard", "PB-STD", "Plans", 9_600_00),
    AddProduct("Seats", "PB-SEAT", "Licences"),
    AddProduct("Onboarding", "PB-ONB", "Services", 2_400_00),
)
"""What is sold, with list prices; seats have none, they go by their number."""

PRODUCTS = ("Standard", "Standard", "Gold", "Seats")
REASONS = (
    *("Price",) * 4,
    *("Competitor",) * 3,
    *("No decision/silence",) * 4,
    *("No budget",) * 3,
    *("Timing",) * 2,
    "No fit/missing feature",
)
FIRST_TALKS = (
    "Called for 25 minutes. They compare us with two others; the date matters more than the price.",
    "Short call: they want a demo with their own data.",
    "Mailed the architecture overview, they forwarded it to the board.",
    "Met at their office. Three people decide, all three were there.",
    "They asked for a reference of the same size.",
)
DONE_TASKS = ("Intro call", "Send the overview", "Book the demo", "Answer the questionnaire")
