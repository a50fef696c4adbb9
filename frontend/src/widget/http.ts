// The one HTTP call of the panel: open a session. The cookie that comes back is never seen by scripts.

export type Session =
  | { ok: true; conversation: string }
  | { ok: false; temporary: boolean; detail: string };

/** Open the customer's session; `startNew` asks for a new conversation when the present one has ended. */
export async function openSession(inbox: string, startNew: boolean): Promise<Session> {
  let response: Response;
  try {
    response = await fetch(`/api/widget/${encodeURIComponent(inbox)}/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(startNew ? { new: true } : {}),
    });
  } catch {
    return { ok: false, temporary: true, detail: "No connection." }; // fetch rejects when the network fails, and only then
  }
  if (response.ok) return { ok: true, conversation: ((await response.json()) as { conversation: string }).conversation };
  return { ok: false, temporary: response.status >= 500 || response.status === 429, detail: await detailOf(response) };
}

async function detailOf(response: Response): Promise<string> {
  if (!response.headers.get("Content-Type")?.includes("json")) return `The service answered ${response.status}.`;
  const { detail } = (await response.json()) as { detail?: unknown };
  return typeof detail === "string" ? detail : `The service answered ${response.status}.`;
}
