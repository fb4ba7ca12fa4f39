import { languages } from "monaco-editor/editor";
import { ids, outline, type Entry } from "./outline";
import { Language, type Schema } from "./schema";

const roots: [string, string][] = [
  ["inputs", "what the execution was started with"], ["outputs", "what earlier tasks gave"], ["vars", "variables of the flow"], ["trigger", "what started it"], ["execution.id", "the execution's id"],
  ["execution.startDate", "when it started"], ["flow.id", "this flow"], ["flow.namespace", "its namespace"], ["taskrun.value", "the value of the loop"], ["taskrun.attemptsCount", "tries so far"],
  ["labels", "labels of the execution"], ["now()", "this moment"], ["kv('')", "a stored value"], ["secret('')", "a secret"], ["read()", "the text of a file"], ["envs", "environment of the server"],
];

/** Highlighting: keys, texts, numbers, comments, types, and expressions wherever they stand. */
function highlight(): void {
  languages.register({ id: "flow" });
  languages.setLanguageConfiguration("flow", {
    comments: { lineComment: "#" },
    brackets: [["{", "}"], ["[", "]"]],
    colorizedBracketPairs: [],
    autoClosingPairs: [{ open: "{", close: "}" }, { open: "[", close: "]" }, { open: '"', close: '"', notIn: ["string"] }, { open: "'", close: "'", notIn: ["string"] }],
    folding: { offSide: true },
    onEnterRules: [{ beforeText: /:\s*$/, action: { indentAction: languages.IndentAction.Indent } }],
    wordPattern: /[\w.$-]+/,
  });
  languages.setMonarchTokensProvider("flow", {
    tokenizer: {
      root: [
        [/^\s*#.*$/, "comment"],
        [/\s#.*$/, "comment"],
        [/\{\{/, "expression", "@expression"],
        [/^(\s*(?:-\s+)*)(type)(\s*:\s+)([\w.]+)/, ["", "key", "", "type"]],
        [/^(\s*(?:-\s+)*)("[^"]*"|'[^']*'|[\w.$-]+)(\s*:(?=\s|$))/, ["", "key", ""]],
        [/"/, "string", "@double"],
        [/'/, "string", "@single"],
        [/\b(?:true|false|null)\b|(?<=[\s[,])-?\d+(?:\.\d+)?(?=[\s,\]]|$)|\bP(?:T?\d+[DHMSW])+\b/, "number"],
        [/[[\]{},]|^\s*-\s/, ""],
        [/[^\s{"'#,[\]-]+|[{-]|\s+/, "string"],
      ],
      expression: [[/\}\}/, "expression", "@pop"], [/'[^']*'|"[^"]*"/, "expression.string"], [/[^}'"]+|[}'"]/, "expression"]],
      double: [[/\{\{/, "expression", "@expression"], [/\\./, "string"], [/"/, "string", "@pop"], [/[^"\\{]+|\{/, "string"]],
      single: [[/\{\{/, "expression", "@expression"], [/''/, "string"], [/'/, "string", "@pop"], [/[^'{]+|\{/, "string"]],
    },
  });
}

type Suggestion = Omit<languages.CompletionItem, "range">;

/** What can be written into `{{ … }}`: what the flow itself declares, then what every flow has. */
function inExpression(root: Entry, typed: string): Suggestion[] {
  const below = (key: string) => root.children.find((c) => c.key === key);
  const of = (names: string[], prefix: string, detail: string) => names.map((name) => ({ label: prefix + name, insertText: prefix + name, detail, kind: languages.CompletionItemKind.Variable }));
  const own = [
    ...of(ids(below("inputs"), false), "inputs.", "input"),
    ...of(ids(below("tasks"), true), "outputs.", "outputs of a task"),
    ...of(below("variables")?.children.map((c) => c.key ?? "").filter(Boolean) ?? [], "vars.", "variable"),
  ];
  const general = typed.includes(".") ? [] : roots.map(([name, detail]) => ({ label: name, insertText: name, detail, kind: languages.CompletionItemKind.Function }));
  return [...own, ...general];
}

/** The language of flows and apps: highlighting, completion and hover texts from the server's schema. */
export async function yaml(schemaAddress: string): Promise<void> {
  highlight();
  const response = await fetch(schemaAddress);
  if (!response.ok) return;
  const language = new Language((await response.json()) as Schema);

  languages.registerCompletionItemProvider("flow", {
    triggerCharacters: [" ", ".", "{", "\n"],
    provideCompletionItems(model, position) {
      const text = model.getValue();
      const source = model.getLineContent(position.lineNumber);
      const before = source.slice(0, position.column - 1);
      const word = /[\w.$()'-]*$/.exec(before)![0].replace(/^-+/, "");
      const range = { startLineNumber: position.lineNumber, endLineNumber: position.lineNumber, startColumn: position.column - word.length, endColumn: position.column };
      const answer = (items: Suggestion[]) => ({ suggestions: items.map((item) => ({ ...item, range })) });
      const { root, last } = outline(text, { line: position.lineNumber, indent: before.length - before.trimStart().length });
      if (before.lastIndexOf("{{") > before.lastIndexOf("}}")) return answer(inExpression(root, word));
      if (!last) return answer([]);
      if (last.key && /:\s/.test(before.slice(last.indent)))
        return answer(language.words(last).map((w) => ({ label: w, insertText: w, kind: languages.CompletionItemKind.Value, documentation: last.key === "type" ? { value: language.describeType(w) ?? "" } : undefined })));
      if (/:/.test(before.slice(last.indent))) return answer([]);
      const there = new Set(last.parent!.children.filter((c) => c !== last).map((c) => c.key));
      return answer([...language.keys(last)].filter(([name]) => !there.has(name)).map(([name, { schema, required }]) => ({
        label: name,
        insertText: name + (language.isList(schema) ? `:\n${" ".repeat(2)}- ` : language.isBlock(schema) ? ":\n  " : ": "),
        kind: languages.CompletionItemKind.Property,
        detail: required ? "required" : schema.default === undefined ? "" : `default ${JSON.stringify(schema.default)}`,
        documentation: { value: schema.markdownDescription ?? schema.description ?? "" },
        sortText: `${required ? 0 : schema.deprecated ? 2 : 1}${name}`,
        tags: schema.deprecated ? [languages.CompletionItemTag.Deprecated] : [],
        command: language.isBlock(schema) ? undefined : { id: "editor.action.triggerSuggest", title: "Suggest" },
      })));
    },
  });

  languages.registerHoverProvider("flow", {
    provideHover(model, position) {
      const { last } = outline(model.getValue(), { line: position.lineNumber, indent: 0 });
      const word = model.getWordAtPosition(position)?.word;
      if (!last?.key || !word) return null;
      const words = last.key === "type" && word === last.value ? language.describeType(word) : word === last.key ? language.describe(last) : undefined;
      return words ? { contents: [{ value: `**${word}**` }, { value: words }] } : null;
    },
  });
}
