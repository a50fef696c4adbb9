// What the loader on the host page and the panel in the iframe say to each other by postMessage. Both check origin and
// source before they read; what is not in this list is not read at all.

/** The loader shows or hides the panel. `full`: it fills the screen. `focus`: the customer opened it just now. */
export interface View {
  baton: "view";
  open: boolean;
  full: boolean;
  focus: boolean;
}

/** The panel asks to be closed, or reports lines that nobody has seen. */
export type FromPanel = { baton: "close" } | { baton: "unread"; count: number };

/** A message for the panel, or null when it is something else. */
export function readView(data: unknown): View | null {
  if (!isRecord(data) || data.baton !== "view") return null;
  const { open, full, focus } = data;
  if (typeof open !== "boolean" || typeof full !== "boolean" || typeof focus !== "boolean") return null;
  return { baton: "view", open, full, focus };
}

/** A message from the panel, or null when it is something else. */
export function readFromPanel(data: unknown): FromPanel | null {
  if (!isRecord(data)) return null;
  if (data.baton === "close") return { baton: "close" };
  const { count } = data;
  const counted = typeof count === "number" && Number.isInteger(count) && count >= 0;
  return data.baton === "unread" && counted ? { baton: "unread", count } : null;
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === "object" && data !== null;
}
