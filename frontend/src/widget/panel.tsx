// The chat inside the iframe: wires the page, the session and the screen together.

import { render } from "preact";
import { browser } from "../shared/browser";
import { Outbox } from "../shared/outbox";
import { shelfOf } from "../shared/shelf";
import { wearBrand } from "./brand";
import { HostPage } from "./embedding";
import { openSession } from "./http";
import { Session } from "./session";
import { starting } from "./state/model";
import { Panel } from "./view/panel";

function open(main: HTMLElement): void {
  const { inbox = "", name = "", bot = "", brand, sites = "" } = main.dataset;
  wearBrand(brand);
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const outbox = new Outbox(shelfOf(window, "sessionStorage"), `baton-outbox-${inbox}`);
  const session = new Session(starting(name, bot, parent !== window), outbox, {
    url: `${scheme}//${location.host}/ws/customer/${encodeURIComponent(inbox)}`,
    openSession: (startNew) => openSession(inbox, startNew),
    world: browser,
  });
  const page = new HostPage(sites.split(",").filter(Boolean), ({ open, full, focus }) => {
    session.view(open, full);
    if (focus) document.querySelector<HTMLElement>(full ? "#title" : "#composer, #ending")?.focus();
  });
  let told = 0;
  session.watch(() => {
    if (session.state.unread === told) return;
    told = session.state.unread;
    page.tell({ baton: "unread", count: told });
  });
  render(<Panel session={session} close={() => page.tell({ baton: "close" })} />, main);
  void session.start();
}

const main = document.getElementById("panel");
if (main) open(main);
