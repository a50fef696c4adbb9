// The console's entry: draws itself into #console and connects.

import { render } from "preact";
import { browser } from "../shared/browser";
import { shelfOf } from "../shared/shelf";
import { Session } from "./session";
import { App } from "./view/app";
import type { Places } from "./view/bar";

const root = document.getElementById("console");
if (!root) throw new Error("This page has no #console.");
const { role = "agent", dashboard = "/", login = "/login/", logout = "/logout/" } = root.dataset;
const places: Places = { role, dashboard, login, logout };
const url = `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/ws/agent`;
const session = new Session({ url, tab: shelfOf(window, "sessionStorage"), own: shelfOf(window, "localStorage"), world: browser });
render(<App session={session} places={places} />, root);
session.start(new URLSearchParams(location.search).get("c"));
