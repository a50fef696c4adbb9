// The console's HTTP calls. Every failure is a value: what to tell the agent, and what has become of the conversation.

import type { Case, HolderName, Me } from "../shared/protocol";

export type Disposition = "solved" | "unsolved" | "no_answer" | "spam";

export const DISPOSITIONS: readonly { value: Disposition; label: string }[] = [
  { value: "solved", label: "Solved" },
  { value: "unsolved", label: "Not solved" },
  { value: "no_answer", label: "Customer went silent" },
  { value: "spam", label: "Spam" },
];

/** A refusal. `code` is the service's word, or `offline` and `failed` when there was no proper answer. */
export interface Problem {
  code: string;
  detail: string;
  holder?: HolderName;
  agent?: string | null;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; status: number; problem: Problem };

/** The cookie that Django's csrf check wants back in a header or a form. */
export function csrfToken(cookies: string): string {
  const found = cookies.split("; ").find((cookie) => cookie.startsWith("baton-csrf="));
  return found ? decodeURIComponent(found.slice("baton-csrf=".length)) : "";
}

const OFFLINE: Problem = { code: "offline", detail: "The service did not answer. Nothing was changed; try again." };

async function call<T>(method: "POST" | "PATCH", path: string, body: object): Promise<Answer<T>> {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken(document.cookie) };
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body: JSON.stringify(body), credentials: "same-origin" });
  } catch (fault) {
    if (fault instanceof TypeError) return { ok: false, status: 0, problem: OFFLINE };
    throw fault;
  }
  const json = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  if (response.ok && json) return { ok: true, value: (await response.json()) as T };
  return { ok: false, status: response.status, problem: json ? ((await response.json()) as Problem) : unexpected(response) };
}

function unexpected(response: Response): Problem {
  return { code: "failed", detail: `The service failed (${response.status}). Nothing was changed; try again.` };
}

const of = (conversation: string): string => `/api/conversations/${encodeURIComponent(conversation)}`;

export const setAvailability = (availability: Me["availability"]): Promise<Answer<Me>> => call("PATCH", "/api/me", { availability });
export const accept = (id: string): Promise<Answer<Case>> => call("POST", `${of(id)}/accept`, {});
export const takeOver = (id: string): Promise<Answer<Case>> => call("POST", `${of(id)}/take-over`, {});
export const handBack = (id: string, note: string): Promise<Answer<Case>> => call("POST", `${of(id)}/hand-back`, { note });
export const resolve = (id: string, disposition: Disposition): Promise<Answer<Case>> =>
  call("POST", `${of(id)}/resolve`, { disposition });
