// A button that goes away when it is pressed must not take the focus with it.

/** Where to go on from: the composer, or on a phone the log, because the composer would bring up the keyboard. */
export function focusOnward(full: boolean): void {
  const onward = full ? null : document.getElementById("composer");
  (onward ?? document.getElementById("messages"))?.focus();
}
