// Makes wwwroot/dist: one stylesheet, the fonts, two icon sprites and the ES modules of entries/.
// Only what changed since the last run is made again; the answers of the slow steps are kept in node_modules/.cache.
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { dist } from "./paths.mjs";
import { icons } from "./icons.mjs";
import { scripts } from "./scripts.mjs";
import { styles } from "./styles.mjs";

await mkdir(dist, { recursive: true });
const made = new Set((await Promise.all([icons(), styles(), scripts()])).flat());
for (const file of await readdir(dist, { recursive: true, withFileTypes: true })) {
  const path = `${file.parentPath}/${file.name}`;
  if (file.isFile() && !made.has(path) && file.name !== ".made") await rm(path);
}
const stamp = `${dist}/.made`;
if (!existsSync(stamp)) await writeFile(stamp, "");
await utimes(stamp, new Date(), new Date());
