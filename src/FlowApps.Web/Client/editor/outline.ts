/** A key or a list item of a YAML text, found by indentation alone, so that it holds while the text is half written. */
export interface Entry {
  line: number;
  indent: number;
  item: boolean;
  key: string | null;
  value: string;
  parent: Entry | null;
  children: Entry[];
}

const entry = (line: number, indent: number, item: boolean, key: string | null, value: string): Entry => ({ line, indent, item, key, value, parent: null, children: [] });

/** The entries that one line begins: an item for each dash, then a key. */
function begun(line: number, text: string): Entry[] {
  const found: Entry[] = [];
  let at = text.length - text.trimStart().length;
  for (;;) {
    const rest = text.slice(at);
    const dash = /^-(\s+|$)/.exec(rest);
    if (!dash) break;
    found.push(entry(line, at, true, null, rest.slice(dash[0].length)));
    at += dash[0].length;
  }
  const key = /^(["']?)([\w.$-]+)\1\s*:(?:\s+(.*))?$/.exec(text.slice(at));
  if (key) found.push(entry(line, at, false, key[2]!, (key[3] ?? "").replace(/\s+#.*$/, "").trim()));
  return found;
}

/** `cursor`: the line whose last entry is being written; it gets a key without a name when it has none. */
export function outline(text: string, cursor?: { line: number; indent: number }): { root: Entry; last: Entry | null } {
  const root = entry(0, -1, false, null, "");
  const stack = [root];
  let last: Entry | null = null;
  let block = -1;
  text.split("\n").forEach((source, i) => {
    const line = i + 1;
    const here = cursor?.line === line;
    const indent = source.length - source.trimStart().length;
    if (!here && (!source.trim() || source.trimStart().startsWith("#"))) return;
    if (block >= 0 && indent > block && source.trim()) return;
    block = -1;
    const entries = begun(line, source);
    if (here && (entries.length === 0 || entries.at(-1)!.item)) entries.push(entry(line, entries.length ? entries.at(-1)!.indent + 2 : cursor.indent, false, "", ""));
    for (const e of entries) {
      for (;;) {
        const top = stack.at(-1)!;
        const holds = top.indent < e.indent || (top.indent === e.indent && e.item && !top.item && top.value === "");
        if (holds || top === root) break;
        stack.pop();
      }
      e.parent = stack.at(-1)!;
      e.parent.children.push(e);
      stack.push(e);
      if (here) last = e;
    }
    const tail = entries.at(-1);
    if (tail?.key && /^[|>][+-]?\d*$/.test(tail.value)) block = tail.indent;
  });
  return { root, last };
}

/** The plain values of the keys below an entry. */
export function values(of: Entry): Map<string, string> {
  return new Map(of.children.filter((c) => c.key).map((c) => [c.key!, c.value.replace(/^["']|["']$/g, "")]));
}

/** All ids below a key of the text, in its order: of inputs, of tasks. */
export function ids(of: Entry | undefined, deep: boolean): string[] {
  if (!of) return [];
  const found: string[] = [];
  for (const child of of.children) {
    if (child.key === "id" && child.value) found.push(child.value.replace(/^["']|["']$/g, ""));
    else if (deep || child.item) found.push(...ids(child, deep));
  }
  return found;
}
