// The one HTTP call of the panel: open a session. The cookie that comes back is never seen by scripts.

export type Session =
  | { ok: true; conversation: string }
  | { ok: false; temporary: boolean; detail: string };

/** A network that is half open never answers; then the next try is better than waiting. */
const PATIENCE_MS = 10_000;

/** Open the customer's session; `startNew` asks for a new conversation when the present one has ended. */
export async function openSession(inbox: string, startNew: boolean): Promise<Session> {
  try {
    const response = await fetch(`/api/widget/${encodeURIComponent(inbox)}/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(startNew ? { new: true } : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return { ok: true, conversation: ((await response.json()) as { conversation: string }).conversation };
    return { ok: false, temporary: response.status >= 500 || response.status === 429, detail: await detailOf(response) };
  } catch {
    // The network failed, took too long, or broke off within the answer.
    return { ok: false, temporary: true, detail: "No connection." };
  }
}

async function detailOf(response: Response): Promise<string> {
  if (!response.headers.get("Content-Type")?.includes("json")) return `The service answered ${response.status}.`;
  const { detail } = (await response.json()) as { detail?: unknown };
  return typeof detail === "string" ? detail : `The service answered ${response.status}.`;
}
