// A button with a menu: arrows move, Enter chooses, Escape closes and gives the focus back.

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";

export interface Choice {
  value: string;
  label: ComponentChildren;
  chosen?: boolean;
}

interface Props {
  label: string;
  css?: string;
  up?: boolean;
  note?: string;
  keys?: string;
  disabled?: boolean;
  choices: readonly Choice[];
  onChoose: (value: string) => void;
  children: ComponentChildren;
}

export function Menu({ label, css = "", up, note, keys, disabled, choices, onChoose, children }: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onFocusOut = (event: FocusEvent): void => {
    if (!place.current?.contains(event.relatedTarget as Node | null)) setOpen(false);
  };
  return (
    <span class="menu-place" ref={place}>
      <button type="button" class={`button ${css}`} ref={button} aria-haspopup="menu" aria-expanded={open}
        aria-keyshortcuts={keys} disabled={disabled} onClick={() => setOpen(!open)}>
        {children}
        <Icon name="down" small />
      </button>
      {open && <Popup label={label} up={up} note={note} choices={choices} onChoose={onChoose} close={close} onFocusOut={onFocusOut} />}
    </span>
  );
}

interface PopupProps extends Pick<Props, "label" | "up" | "note" | "choices" | "onChoose"> {
  close: () => void;
  onFocusOut: (event: FocusEvent) => void;
}

function Popup({ label, up, note, choices, onChoose, close, onFocusOut }: PopupProps): JSX.Element {
  const menu = useRef<HTMLDivElement>(null);
  const items = (): HTMLElement[] => [...(menu.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
  useEffect(() => {
    (items().find((item) => item.ariaChecked === "true") ?? items()[0])?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" || event.key === "Tab") close();
    if (event.key === "Escape") event.stopPropagation();
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + move + all.length) % all.length]?.focus();
  };
  return (
    <div class={`menu ${up ? "menu-up" : ""}`} role="menu" tabIndex={-1} aria-label={label} ref={menu} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      {choices.map((choice) => (
        <button type="button" key={choice.value} class="menu-item" tabIndex={-1} {...roleOf(choice)}
          onClick={() => { close(); onChoose(choice.value); }}>
          {choice.label}
          {choice.chosen && <Icon name="check" small />}
        </button>
      ))}
      {note && <p class="menu-note">{note}</p>}
    </div>
  );
}

function roleOf({ chosen }: Choice): { role: "menuitem" } | { role: "menuitemradio"; "aria-checked": boolean } {
  return chosen === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": chosen };
}
