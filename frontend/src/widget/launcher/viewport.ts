// On a phone the on-screen keyboard covers the page without making it smaller; only the visual viewport knows.

/** Keep the full-screen frame inside what is visible while the keyboard is up, so that the composer stays above it. */
export function aboveKeyboard(frame: HTMLElement, narrow: MediaQueryList): void {
  const { visualViewport } = window;
  if (!visualViewport) return;
  const fit = (): void => {
    // Pinch zoom makes the visual viewport small too; then the frame stays as it is.
    const covered = narrow.matches && visualViewport.scale === 1;
    frame.style.setProperty("height", covered ? `${visualViewport.height}px` : "");
    frame.style.setProperty("top", covered ? `${visualViewport.offsetTop}px` : "");
  };
  visualViewport.addEventListener("resize", fit);
  visualViewport.addEventListener("scroll", fit);
  narrow.addEventListener("change", fit);
}
