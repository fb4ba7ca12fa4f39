import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";
import { folder, fonts } from "./fonts.mjs";
import { below, cached, client, dist, modules, web, write } from "./paths.mjs";

const words = /[A-Za-z][\w-]*/g;

/** Tabler without the rules that no page uses. */
async function tabler() {
  const css = await readFile(`${modules}/@tabler/core/dist/css/tabler.min.css`, "utf8");
  const seen = new Set();
  for (const path of await below(web, ".razor", ".cs", ".ts")) for (const [word] of (await readFile(path, "utf8")).matchAll(words)) seen.add(word);
  const content = [...seen].sort().join(" ");
  return cached("tabler.css", [css, content, "2"], async () => {
    const [result] = await new PurgeCSS().purge({
      content: [{ raw: content, extension: "txt" }],
      css: [{ raw: css }],
      defaultExtractor: (text) => text.match(words) ?? [],
      // Values of attributes that the server or the browser sets, not the source.
      safelist: { standard: ["html", "body", "data-bs-theme", "is-invalid", "dark", "light"] },
      variables: false,
      keyframes: true,
      fontFace: true,
    });
    return result.css;
  });
}

export async function styles() {
  const [kept] = await Promise.all([tabler(), fonts()]);
  const { outputFiles } = await build({
    entryPoints: [`${client}/css/app.css`],
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
    outdir: dist,
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file" },
    plugins: [{
      name: "tabler",
      setup(b) {
        b.onResolve({ filter: /\.woff2$/ }, ({ path }) => ({ path: `${folder}/${path.replace("./", "")}` }));
        b.onResolve({ filter: /^tabler$/ }, () => ({ path: "tabler", namespace: "tabler" }));
        b.onLoad({ filter: /.*/, namespace: "tabler" }, () => ({ contents: kept.toString(), loader: "css" }));
      },
    }],
  });
  return Promise.all(outputFiles.map((file) => write(file.path, file.contents)));
}
