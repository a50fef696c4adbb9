// The console at work: one socket, the HTTP calls, and the state that every view draws.

import { CatchUp } from "../shared/catchup";
import { Connection, type Status, type World } from "../shared/connection";
import { lastSeq } from "../shared/log";
import { type Case, type FromAgent, type Me, type ToAgent, VERSION } from "../shared/protocol";
import type { Shelf } from "../shared/shelf";
import * as api from "./api";
import { Drafts } from "./pure/drafts";
import { neighbour } from "./pure/order";
import { isBehind } from "./state/frames";
import { type Dialog, type Notice, START, type State, type Step, type Tab } from "./state/model";
import { Outboxes, type Written } from "./state/outboxes";
import { type Action, reduce } from "./state/reduce";

/** Without an answer after so many heartbeats there will be none; a dead connection is found after two. */
const PATIENCE_BEATS = 3;
const UNAUTHENTICATED = 4401;
const HELLO: FromAgent = { type: "hello", version: VERSION };

export interface Surroundings {
  url: string;
  /** Keeps drafts and unsent texts over a reload. */
  tab: Shelf;
  /** Keeps this browser's choices. */
  own: Shelf;
  world: World;
}

export class Session {
  state: State = START;
  readonly drafts: Drafts;
  private readonly outboxes: Outboxes;
  private readonly watchers = new Set<() => void>();
  private readonly own: Shelf;
  private readonly connection: Connection<ToAgent, FromAgent>;
  private readonly catchUp: CatchUp;

  constructor({ url, tab, own, world }: Surroundings) {
    this.own = own;
    this.drafts = new Drafts(tab);
    this.outboxes = new Outboxes(tab, {
      send: ({ conversation, clientId, body }) => void this.connection.send({ type: "send", conversation, client_id: clientId, body }),
      patienceS: () => PATIENCE_BEATS * this.state.heartbeatS,
      changed: () => this.kept(),
      world,
    });
    this.catchUp = new CatchUp(this.follow, this.hello, world);
    this.connection = new Connection<ToAgent, FromAgent>({
      url,
      world,
      hello: () => HELLO,
      ping: () => ({ type: "ping" }),
      heartbeatS: () => this.state.heartbeatS,
      onFrame: (frame) => this.take(frame),
      onStatus: (link, retryInS) => this.linked(link, retryInS ?? null),
      onStop: (code) => this.dispatch({ do: "shut", shut: code === UNAUTHENTICATED ? "expired" : "forbidden" }),
    });
  }

  /** Connect, and open a conversation if one is named. */
  start(named: string | null): void {
    if (this.own.getItem("baton-keys") === "off") this.dispatch({ do: "single_keys", on: false });
    if (named) this.dispatch({ do: "open", conversation: named });
    this.kept();
    this.connection.start();
  }

  /** Call `watcher` after every change; returns how to stop. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Change the state and draw. */
  dispatch(action: Action): void {
    const next = reduce(this.state, action);
    if (next === this.state) return;
    this.state = next;
    for (const watcher of this.watchers) watcher();
  }

  /** Show a conversation and follow it. */
  open(conversation: string): void {
    if (this.state.opened?.id === conversation) return;
    this.dispatch({ do: "open", conversation });
    history.replaceState(null, "", `?c=${encodeURIComponent(conversation)}`);
    this.follow();
  }

  /** Leave the conversation (on a phone: back to the lists). */
  close(): void {
    this.dispatch({ do: "close" });
    history.replaceState(null, "", location.pathname);
  }

  /** The next or previous conversation of the lists as they are now. */
  move(step: 1 | -1): string | null {
    this.dispatch({ do: "settle" });
    const { shown, tab, opened } = this.state;
    const listed = shown.slots.filter((slot) => tab === "all" || slot.section === tab);
    const found = neighbour(listed, opened?.id ?? null, step);
    if (found) this.open(found.row.id);
    return found?.row.id ?? null;
  }

  /** Reply in the open conversation. The text stays on screen until its line is in the log. */
  write(body: string): void {
    const { opened } = this.state;
    if (!opened) return;
    this.outboxes.write(opened.id, body);
    this.drafts.write(opened.id, "");
    this.kept();
  }

  /** Send a refused text once more, under its own name. */
  again(text: Written): void {
    this.outboxes.again(text);
    this.kept();
  }

  /** Take a refused text back into the box, before whatever stands there. */
  takeBack(text: Written): void {
    const there = this.drafts.read(text.conversation);
    this.drafts.write(text.conversation, there ? `${text.body}\n${there}` : text.body);
    this.outboxes.drop([text.clientId]);
    this.kept();
  }

  accept = (id: string): Promise<boolean> => this.pass("accept", id, api.accept(id));
  takeOver = (id: string): Promise<boolean> => this.pass("take_over", id, api.takeOver(id));
  handBack = (id: string, note: string): Promise<boolean> => this.pass("hand_back", id, api.handBack(id, note));
  resolve = (id: string, disposition: api.Disposition): Promise<boolean> => this.pass("resolve", id, api.resolve(id, disposition));

  async setAvailability(availability: Me["availability"]): Promise<void> {
    this.dispatch({ do: "busy", step: "availability" });
    const answer = await api.setAvailability(availability);
    if (answer.ok) this.dispatch({ do: "me", me: answer.value });
    else this.refused(answer, null);
  }

  setSingleKeys(on: boolean): void {
    this.own.setItem("baton-keys", on ? "on" : "off");
    this.dispatch({ do: "single_keys", on });
  }

  show = (dialog: Dialog): void => this.dispatch({ do: "dialog", dialog });
  tab = (tab: Tab): void => this.dispatch({ do: "tab", tab });
  notice = (notice: Notice | null): void => this.dispatch({ do: "notice", notice });

  private take(frame: ToAgent): void {
    this.dispatch({ do: "frame", frame });
    switch (frame.type) {
      case "welcome":
        this.resume();
        break;
      case "accepted":
        this.outboxes.accepted(frame.client_id);
        break;
      case "refused":
        this.outboxes.refused(frame);
        break;
      case "lines":
        this.outboxes.drop(this.inLog());
        break;
      case "case":
        this.catchUp.answered(); // it follows the lines that an "open" asked for
        return;
      case "error":
        if (frame.code === "unavailable") this.catchUp.failed();
        return;
    }
    this.kept();
    if (isBehind(this.state, frame)) this.catchUp.missing();
    else if (frame.type === "lines") this.catchUp.answered();
  }

  /** The client ids of the agent's own lines that are on screen. */
  private inLog(): string[] {
    return (this.state.opened?.lines ?? []).map((line) => line.client_id).filter(Boolean);
  }

  private resume(): void {
    this.catchUp.welcomed();
    this.follow();
    this.outboxes.welcomed();
  }

  private linked(link: Status, retryInS: number | null): void {
    this.dispatch({ do: "link", link, now: Date.now(), retryInS });
    if (link === "open") return;
    this.catchUp.cut();
    this.outboxes.cut();
    this.kept();
  }

  private kept(): void {
    this.dispatch({ do: "unsent", unsent: this.outboxes.all() });
  }

  private hello = (): void => {
    this.connection.send(HELLO);
  };

  private follow = (): void => {
    const { opened } = this.state;
    if (opened) this.connection.send({ type: "open", conversation: opened.id, after: lastSeq(opened.lines) });
  };

  private async pass(step: Step, id: string, asked: Promise<api.Answer<Case>>): Promise<boolean> {
    this.dispatch({ do: "busy", step });
    const answer = await asked;
    if (answer.ok) {
      this.dispatch({ do: "passed", case: answer.value });
      this.dispatch({ do: "settle" });
    } else this.refused(answer, id);
    return answer.ok;
  }

  private refused(answer: Extract<api.Answer<unknown>, { ok: false }>, conversation: string | null): void {
    this.dispatch({ do: "refused", problem: answer.problem, conversation });
    // A refusal without a conversation's own reason is about the session itself.
    if (answer.status === 401 || answer.problem.code === "not_authenticated") this.dispatch({ do: "shut", shut: "expired" });
  }
}
