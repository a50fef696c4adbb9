// Single-key commands. Letters count outside text fields only; a chord, AltGr or an input method always types.

export type Command = "next" | "previous" | "accept" | "reply" | "hand_back" | "resolve" | "jump_in" | "map" | "leave";

/** What the map shows, in its order. `aria` is the value for aria-keyshortcuts. */
export const KEYS: readonly { command: Command; key: string; label: string }[] = [
  { command: "next", key: "J", label: "Next conversation" },
  { command: "previous", key: "K", label: "Previous conversation" },
  { command: "accept", key: "A", label: "Accept" },
  { command: "reply", key: "R", label: "Reply" },
  { command: "hand_back", key: "B", label: "Hand back to the bot" },
  { command: "resolve", key: "E", label: "Resolve" },
  { command: "jump_in", key: "W", label: "Jump in" },
  { command: "map", key: "?", label: "This map" },
];

/** The part of a keyboard event that decides. */
export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  repeat: boolean;
  altGraph: boolean;
}

/** Where the key was pressed. */
export interface Place {
  inText: boolean;
  inDialog: boolean;
  singleKeys: boolean;
}

/** The command of a key press, or null: then the key keeps its own meaning. */
export function command(pressed: Pressed, place: Place): Command | null {
  if (pressed.isComposing || pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.altGraph) return null;
  if (place.inDialog) return null;
  if (pressed.key === "Escape") return "leave";
  if (place.inText || !place.singleKeys) return null;
  const found = KEYS.find((entry) => entry.key === pressed.key.toUpperCase());
  if (!found) return null;
  return pressed.repeat && found.command !== "next" && found.command !== "previous" ? null : found.command;
}

/** Whether letters typed into `target` are text. */
export function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}
