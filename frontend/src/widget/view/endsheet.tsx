// Ending is for good, so it is asked once. A <dialog>: it traps the focus, closes on Escape and gives the focus back.

import { useLayoutEffect, useRef } from "preact/hooks";

export function EndSheet({ end, done }: { end: () => void; done: () => void }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => sheet.current?.showModal(), []);
  const close = (): void => sheet.current?.close();
  return (
    <dialog ref={sheet} class="w-sheet" aria-labelledby="end-title" onClose={done}>
      <h2 id="end-title">End this chat?</h2>
      <p>It is closed for both sides. You can start a new one at any time.</p>
      <button type="button" class="button button-primary" onClick={() => { end(); close(); }}>End chat</button>
      <button type="button" class="button" onClick={close}>Go on chatting</button>
    </dialog>
  );
}
