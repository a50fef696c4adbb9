import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../src/shared/outbox";
import { Shelf } from "../../src/shared/shelf";
import { companions, holderWords, quickReplies, spokenStatus, waitingLine } from "../../src/widget/state/reading";
import { initials } from "../../src/widget/view/avatar";
import { line } from "../shared/lines";
import { ANA, after, BOT, ENDED, QUEUE, welcome } from "./states";

const asked = line(1, { buttons: [{ title: "Where is my order?", payload: "/order" }] });
const own = line(2, { author: "customer", client_id: "a" });
const talk = (state = BOT, ...items: ReturnType<typeof line>[]) => after(welcome({ state }), { type: "lines", items, more: false });

test("quick replies are those of the last spoken line", () => {
  assert.deepEqual(quickReplies(talk(BOT, asked)), asked.buttons);
  assert.deepEqual(quickReplies(talk(BOT, asked, line(2, { author: "system", event: "handed_back" }))), asked.buttons);
});

test("quick replies go once the customer wrote, even before the service has it, and while the bot does not hold", () => {
  const box = new Outbox(new Shelf(null));
  box.add("hello");
  assert.deepEqual(quickReplies(talk(BOT, asked, own)), []);
  assert.deepEqual(quickReplies({ ...talk(BOT, asked), unsent: box.all() }), []);
  for (const holder of [QUEUE, ANA, ENDED]) assert.deepEqual(quickReplies(talk(holder, asked)), []);
});

test("the strip says who holds, and an estimate only when there is one", () => {
  const words = (state: typeof BOT) => Object.values(holderWords(talk(state))).join(" / ");
  assert.equal(words(BOT), "Tarn, our bot / answers now");
  assert.equal(words(QUEUE), "Number 2 in line / about 3 min");
  assert.equal(words({ ...QUEUE, wait_s: null }), "Number 2 in line / a person joins when one is free");
  assert.equal(words(ANA), "Ana, a person / Tarnwood team");
  assert.equal(words(ENDED), "This chat has ended / Tarnwood");
});

test("the spoken status changes with the place but not with the estimate", () => {
  assert.equal(spokenStatus(talk(QUEUE)), spokenStatus(talk({ ...QUEUE, wait_s: 60 })));
  assert.notEqual(spokenStatus(talk(QUEUE)), spokenStatus(talk({ ...QUEUE, place: 1 })));
  assert.match(spokenStatus({ ...talk(QUEUE), link: "offline" }), /No connection/);
});

test("the waiting card is the line that called a person, while somebody waits", () => {
  const called = line(2, { author: "system", event: "escalated" });
  assert.equal(waitingLine(talk(QUEUE, line(1), called, line(3, { author: "customer" }))), 2);
  assert.equal(waitingLine(talk(ANA, line(1), called)), 0);
});

test("the rating names whom the customer talked to", () => {
  const ana = (seq: number) => line(seq, { author: "agent", name: "Ana" });
  assert.equal(companions(talk(ENDED, line(1))), "Tarn, our bot");
  assert.equal(companions(talk(ENDED, line(1), ana(2), ana(3))), "Tarn, our bot, and to Ana");
  assert.equal(companions(talk(ENDED)), "");
});

test("initials come from the first and last name, or from the only one", () => {
  for (const [name, letters] of [["Ana", "AN"], ["Ana Lind", "AL"], ["Ana Maria Lind", "AL"], ["ß", "SS"], ["", ""]]) {
    assert.equal(initials(name ?? ""), letters);
  }
});
