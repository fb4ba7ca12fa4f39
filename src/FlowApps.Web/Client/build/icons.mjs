import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { below, client, dist, modules, root, web, write } from "./paths.mjs";

const folder = `${modules}/@tabler/icons/icons/outline`;
const exists = (name) => existsSync(`${folder}/${name}.svg`);

async function sprite(names) {
  const symbols = await Promise.all([...names].sort().map(async (name) => {
    const svg = await readFile(`${folder}/${name}.svg`, "utf8");
    const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${body.replace(/<path stroke="none"[^>]*>/, "").replace(/\s+/g, " ").replace(/> </g, "><").trim()}</symbol>`;
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

/** The names that the source gives to an icon: any quoted word on a line that speaks of an icon, if an icon of that name exists. */
async function used() {
  const names = new Set();
  const missing = [];
  for (const path of await below(web, ".razor", ".cs", ".ts")) {
    const text = await readFile(path, "utf8");
    for (const [, name] of text.matchAll(/<Icon\s+Name="([a-z][a-z0-9-]*)"/g)) if (!exists(name)) missing.push(`${path}: no icon "${name}"`);
    for (const line of text.split("\n")) {
      if (!/icon/i.test(line)) continue;
      for (const [, name] of line.matchAll(/"([a-z][a-z0-9-]*)"/g)) if (exists(name)) names.add(name);
    }
  }
  if (missing.length) throw new Error(`Look the name up in ${folder}.\n${missing.join("\n")}`);
  return names;
}

/** What the plugins say they look like, for the pictures of flows. */
async function plugins() {
  const names = new Set(["alert-triangle", "box"]);
  for (const path of await below(`${root}/src`, ".cs"))
    for (const [, name] of (await readFile(path, "utf8")).matchAll(/\[Plugin\(.*Icon = "([a-z][a-z0-9-]*)"/g)) if (exists(name)) names.add(name);
  return names;
}

export async function icons() {
  const offered = (await readFile(`${client}/icons/app-icons.txt`, "utf8")).split("\n").map((l) => l.trim()).filter((l) => l && !l.startsWith("#"));
  const unknown = offered.filter((name) => !exists(name));
  if (unknown.length) throw new Error(`app-icons.txt offers icons that do not exist: ${unknown.join(", ")}`);
  return Promise.all([
    write(`${dist}/icons.svg`, await sprite(await used())),
    write(`${dist}/plugin-icons.svg`, await sprite(await plugins())),
    write(`${dist}/app-icons.svg`, await sprite(new Set(offered))),
  ]);
}
