import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { folder, fonts } from "./fonts.mjs";
import { below, cached, client, dist, modules, web, write } from "./paths.mjs";

const words = /[A-Za-z][\w-]*/g;

/** The words that can be a class, an attribute or an element on a page: those in quotes, and names of tags. The API's files make no page. */
async function named() {
  const seen = new Set();
  for (const path of await below(web, ".razor", ".cs", ".ts")) {
    if (path.startsWith(`${web}/Api/`)) continue;
    const text = (await readFile(path, "utf8")).replace(/^\s*\/\/.*$/gm, "");
    for (const [quoted] of text.matchAll(/"[^"\n]*"|`[^`]*`/g)) for (const [word] of quoted.matchAll(words)) seen.add(word);
    for (const [, tag] of text.matchAll(/<([a-z][a-z0-9]*)/g)) seen.add(tag);
    for (const [, attribute] of text.matchAll(/\s([a-z][a-z-]*)(?==|>|\s)/g)) if (path.endsWith(".razor")) seen.add(attribute);
  }
  return [...seen].sort().join(" ");
}

/** Tabler declares some four hundred variables that nothing reads once the rules are gone; dropping one can make another idle. */
function withoutIdleVariables(css, own) {
  const root = postcss.parse(css);
  for (let dropped = true; dropped;) {
    dropped = false;
    const read = new Set();
    for (const [, name] of `${root.toString()}\n${own}`.matchAll(/var\((--[\w-]+)/g)) read.add(name);
    root.walkDecls(/^--/, (declaration) => {
      if (read.has(declaration.prop)) return;
      declaration.remove();
      dropped = true;
    });
  }
  root.walkRules((rule) => rule.nodes.length === 0 && rule.remove());
  return root.toString();
}

/** Tabler without the rules that no page uses. */
async function tabler() {
  const css = await readFile(`${modules}/@tabler/core/dist/css/tabler.min.css`, "utf8");
  const content = await named();
  const own = (await Promise.all((await below(`${client}/css`, ".css")).map((path) => readFile(path, "utf8")))).join("\n");
  return cached("tabler.css", [css, content, own], async () => {
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
    return withoutIdleVariables(result.css, own);
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
