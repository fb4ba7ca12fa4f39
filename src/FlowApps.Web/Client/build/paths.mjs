import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const client = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const web = resolve(client, "..");
export const root = resolve(web, "../..");
export const modules = `${root}/node_modules`;
export const dist = `${root}/wwwroot/dist`;

/** Every file below a folder whose name ends with one of the endings, without the compiler's own folders. */
export async function below(folder, ...endings) {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((f) => f.isFile() && endings.some((e) => f.name.endsWith(e)) && !/\/(bin|obj|node_modules)(\/|$)/.test(f.parentPath))
    .map((f) => `${f.parentPath}/${f.name}`)
    .sort();
}

/** Writes only when the content differs, so that the static asset step of the build sees no change where there is none. */
export async function write(path, content) {
  const bytes = Buffer.from(content);
  if (!existsSync(path) || !bytes.equals(await readFile(path))) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  return path;
}

/** The answer for these inputs: kept from an earlier run, or made now. */
export async function cached(name, inputs, make) {
  const hash = createHash("sha256");
  for (const input of inputs) hash.update(input);
  const path = `${modules}/.cache/flowapps/${name}-${hash.digest("hex").slice(0, 16)}`;
  if (existsSync(path)) return readFile(path);
  const answer = await make();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, answer);
  return Buffer.from(answer);
}
