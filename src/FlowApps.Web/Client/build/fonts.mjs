import { readFile } from "node:fs/promises";
import subset from "subset-font";
import { cached, modules, write } from "./paths.mjs";

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
const western = range(0x20, 0x7e) + range(0xa0, 0xff) + "ıŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™←↑→↓↵−×≠≤≥⌘";

// What every page loads (below 100 kB with everything else, which the optical size axis alone would break) is cut to the letters, weights and features that the pages use. Other scripts load whole, when a letter asks.
const cut = [
  {
    file: "inter.woff2", source: "inter/files/inter-latin-wght-normal.woff2",
    axes: { wght: { min: 400, max: 650 } }, features: ["kern", "tnum", "ccmp", "mark"],
  },
  {
    file: "mono.woff2", source: "jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
    axes: { wght: { min: 400, max: 600 } }, features: ["ccmp", "mark"],
  },
];
const whole = [
  ...["latin-ext", "cyrillic", "greek", "vietnamese"].map((s) => [`inter-${s}.woff2`, `inter/files/inter-${s}-wght-normal.woff2`]),
  ...["latin-ext", "cyrillic", "greek"].map((s) => [`mono-${s}.woff2`, `jetbrains-mono/files/jetbrains-mono-${s}-wght-normal.woff2`]),
];

/** Where the stylesheet finds the fonts; they go to dist with the digest of their content in their name. */
export const folder = `${modules}/.cache/flowapps/fonts`;

export async function fonts() {
  const read = (source) => readFile(`${modules}/@fontsource-variable/${source}`);
  return Promise.all([
    ...cut.map(async ({ file, source, axes, features }) => {
      const font = await read(source);
      const small = await cached(file, [font, western, JSON.stringify({ axes, features })], () =>
        subset(font, western, { targetFormat: "woff2", variationAxes: axes, keepFeatures: features }));
      return write(`${folder}/${file}`, small);
    }),
    ...whole.map(async ([file, source]) => write(`${folder}/${file}`, await read(source))),
  ]);
}
