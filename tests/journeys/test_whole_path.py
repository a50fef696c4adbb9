"""The whole path in real browsers: bot, person, bot again, end, and the manager's numbers."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Picture
from tests.journeys.faces import AgentFace, CustomerFace, ManagerFace


def test_a_conversation_goes_from_the_bot_to_a_person_and_back_and_is_counted(
    maria: CustomerFace, ana: AgentFace, helen: ManagerFace, picture: Picture
) -> None:
    before = helen.figures()

    # The bot answers what it can: a real look-up.
    maria.says("Where is my order TW-48300?")
    maria.reads("bot", "Order TW-48300 (Lomma 3 and Tent repair kit, €381.00) is on its way")

    # What it cannot do, twice: escalated, with the reason, and told honestly.
    maria.says("Could you knit me a scarf with my initials?")
    maria.reads("bot", "Sorry, I did not understand that.")
    maria.says("Then please compose a sonnet about ravens")
    expect(maria.strip).to_contain_text(re.compile(r"Number \d+ in line"), timeout=15_000)
    expect(maria.log).to_contain_text("I am not getting further with this, so I am getting a person for you.")
    picture(maria.page, "widget-waiting")

    row = ana.sees_in_the_queue("compose a sonnet")
    expect(row).to_contain_text("2 fallbacks")
    row.click()
    expect(ana.card).to_contain_text("2 failed answers in a row")
    expect(ana.card).to_contain_text("TW-48300")
    expect(ana.log.locator("mark").first).to_be_visible()

    # A person takes over with the whole context.
    ana.accepts()
    expect(maria.strip).to_contain_text("Ana, a person")
    ana.replies("Hello, I am Ana. We do not knit, but your parcel arrives on the day that Tarn named.")
    maria.reads("agent", "Hello, I am Ana.")
    maria.says("Thank you Ana, that is all right")
    expect(ana.log).to_contain_text("Thank you Ana, that is all right")
    picture(ana.page, "console")

    # Back to the bot, which knows the order without being told again.
    ana.hands_back("She knows that we do not knit.")
    expect(maria.strip).to_contain_text("Tarn, our bot")
    expect(maria.log).to_contain_text("Ana handed you back to Tarn")
    maria.says("So when does my order arrive?")
    maria.reads("bot", "TW-48300")
    expect(maria.log.locator(".msg-bot").last).to_contain_text("TW-48300")

    # The end, the rating, and the manager's numbers.
    ana.jumps_in()
    ana.resolves("Solved")
    maria.rates("Great", "Quick and kind")
    after = helen.figures()
    moved = {key: after[key] - before[key] for key in after if after[key] != before[key]}
    assert moved["started"] == 1
    assert moved["closed"] == 1
    assert moved["escalated"] == 1
    assert moved["escalated_bot_failure"] == 1
    assert moved["handed_back"] == 1
    assert moved["satisfied_person"] == 1

    helen.looks()
    picture(helen.page, "dashboard")
    helen.page.locator("[data-figure=started] .tile-figure a").click()
    expect(helen.page.get_by_role("row", name=re.compile("Guest"))).to_have_count(int(after["started"]))


def test_a_request_for_a_person_is_one_press_away(maria: CustomerFace, ana: AgentFace) -> None:
    maria.panel.get_by_role("button", name="Talk to a person").click()
    expect(maria.strip).to_contain_text("in line", timeout=15_000)
    ana.sees_in_the_queue("I would like to talk to a person").click()
    expect(ana.card).to_contain_text("Asked for a person")
    maria.panel.get_by_role("button", name="Stop waiting").click()
    expect(maria.strip).to_contain_text("Tarn, our bot")
    expect(ana.queue().filter(has_text="I would like to talk to a person")).to_have_count(0)
