// The inbox's colour on the panel.

import { hexColour, textOn } from "../shared/colour";

/** Set the brand tokens. In the dark the colour is lifted a little, so that it stands off the panel. */
export function wearBrand(colour: string | undefined): void {
  const hex = hexColour(colour);
  if (!hex) return;
  const { style } = document.documentElement;
  style.setProperty("--brand", `light-dark(${hex}, color-mix(in srgb, ${hex} 91%, white))`);
  style.setProperty("--on-brand", textOn(hex));
}
