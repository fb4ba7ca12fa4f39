import { resolve } from "node:path";
import { build } from "esbuild";
import { below, client, dist, write } from "./paths.mjs";

/** Every file of entries/ is a module that a page can ask for by name; what they share becomes a chunk. */
export async function scripts() {
  const { outputFiles } = await build({
    entryPoints: await below(`${client}/entries`, ".ts"),
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    target: "es2022",
    outdir: dist,
    chunkNames: "chunk-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".ttf": "file" },
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
    logLevel: "warning",
    write: false,
  });
  return Promise.all(outputFiles.map((file) => write(resolve(file.path), file.contents)));
}
