// Only on pages with a code editor. The text area below it stays the form's field.
import htmx from "htmx.org/dist/htmx.esm.js";
import { editor, KeyCode, KeyMod, MarkerSeverity } from "monaco-editor/editor";
import "../editor/features";
import { formBuilder } from "../editor/form";
import { theme } from "../editor/theme";
import { yaml } from "../editor/yaml";
import { morph } from "../fragments";
import { toast } from "../toast";

function begin(box: HTMLElement): void {
  const area = box.querySelector<HTMLTextAreaElement>("textarea")!;
  const form = area.form;
  const host = document.createElement("div");
  host.className = "fl-editor";
  area.before(host);
  area.hidden = true;
  window.MonacoEnvironment = { getWorker: () => new Worker(box.dataset.worker!, { type: "module" }) };
  theme();
  void yaml(box.dataset.schema!);
  const code = editor.create(host, {
    value: area.value,
    language: "flow",
    automaticLayout: true,
    readOnly: box.dataset.readonly !== undefined,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--tblr-font-monospace"),
    fontSize: 13,
    lineHeight: 20,
    tabSize: 2,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    renderFinalNewline: "on",
    renderLineHighlight: "line",
    padding: { top: 8, bottom: 8 },
    lineNumbersMinChars: 4,
    fixedOverflowWidgets: true,
    quickSuggestions: { other: true, strings: true, comments: false },
    wordBasedSuggestions: "off",
    ariaLabel: area.getAttribute("aria-label") ?? "Source",
    "semanticHighlighting.enabled": false,
  });
  const model = code.getModel()!;
  let saved = area.value;
  const dirty = () => model.getValue() !== saved;
  const say = () => document.querySelectorAll("[data-draft-state]").forEach((e) => (e.textContent = dirty() ? "Not saved" : ""));

  // Checking: the server reads the text, the list says what it found, and the same places are underlined.
  const places = () => [...document.querySelectorAll<HTMLElement>("#problems [data-problem]")];
  const underline = () =>
    editor.setModelMarkers(model, "server", places().filter((p) => p.dataset.line).map((p) => {
      const line = Math.min(Number(p.dataset.line), model.getLineCount());
      const column = Number(p.dataset.column ?? 1);
      const word = /^[^\s,:[\]{}]+/.exec(model.getLineContent(line).slice(column - 1))?.[0] ?? " ";
      return {
        severity: p.dataset.problem === "error" ? MarkerSeverity.Error : MarkerSeverity.Warning,
        message: p.querySelector("[data-message]")?.textContent ?? "",
        startLineNumber: line, endLineNumber: line, startColumn: column, endColumn: column + word.length,
      };
    }));
  const show = (fresh: Document) => {
    for (const part of fresh.body.querySelectorAll<HTMLElement>(":scope > [id]")) {
      const there = document.getElementById(part.id);
      if (part.matches("[data-form-builder]") && there) {
        const active = document.activeElement as HTMLElement | null;
        htmx.process(morph(there, part)[0] as HTMLElement);
        // What changes its place loses the focus.
        if (active?.isConnected && document.activeElement !== active) active.focus();
      }
      else {
        there?.replaceWith(part);
        htmx.process(part);
      }
    }
    underline();
  };
  let timer = 0;
  let round = 0;
  const check = async () => {
    const mine = ++round;
    // What stands in a preview's fields goes along, so that it is there again.
    const body = form ? new FormData(form) : new FormData();
    body.set("source", model.getValue());
    const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Record<string, string>;
    const response = await fetch(box.dataset.check!, { method: "POST", body, headers }).catch(() => null);
    if (!response?.ok || mine !== round) return;
    show(new DOMParser().parseFromString(await response.text(), "text/html"));
  };
  code.onDidChangeModelContent(() => {
    area.value = model.getValue();
    say();
    clearTimeout(timer);
    timer = window.setTimeout(() => void check(), 350);
  });
  underline();
  formBuilder(code, form, (fresh) => {
    clearTimeout(timer);
    round++;
    show(fresh);
  });

  const go = (place: HTMLElement) => {
    const position = { lineNumber: Number(place.dataset.line), column: Number(place.dataset.column ?? 1) };
    code.setPosition(position);
    code.revealPositionInCenterIfOutsideViewport(position);
    code.focus();
  };
  const fix = (place: HTMLElement) => {
    const word = place.querySelector<HTMLElement>("[data-fix]")?.dataset.fix;
    if (!word) return;
    const line = Number(place.dataset.line);
    const content = model.getLineContent(line);
    let column = Number(place.dataset.column ?? 1);
    // A problem of a value may stand at its key: the value is what is wrong.
    const wrong = /`([^`]+)`/.exec(place.querySelector("[data-message]")?.textContent ?? "")?.[1];
    const at = wrong ? content.indexOf(wrong) : -1;
    if (at >= 0) column = at + 1;
    const length = at >= 0 ? wrong!.length : (/^[\w.$-]+/.exec(content.slice(column - 1))?.[0].length ?? 0);
    code.executeEdits("fix", [{ range: { startLineNumber: line, endLineNumber: line, startColumn: column, endColumn: column + length }, text: word }]);
    code.focus();
  };
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const place = target.closest<HTMLElement>("[data-problem]");
    if (!place) return;
    if (target.closest("[data-fix]")) fix(place);
    else if (target.closest("[data-goto]")) go(place);
  });

  const save = () => form?.requestSubmit();
  code.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, save);
  code.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => document.querySelector<HTMLAnchorElement>("a[data-run]")?.click());
  code.addCommand(KeyMod.CtrlCmd | KeyCode.Period, () => {
    const line = code.getPosition()?.lineNumber;
    const place = places().find((p) => Number(p.dataset.line) === line && p.querySelector("[data-fix]"));
    if (place) fix(place);
  });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    if (event.key === "s") save();
    else if (event.key === "Enter") document.querySelector<HTMLAnchorElement>("a[data-run]")?.click();
    else return;
    event.preventDefault();
  });

  let sending = "";
  form?.addEventListener("submit", () => {
    area.value = sending = model.getValue();
    clearTimeout(timer);
    round++;
  });
  document.body.addEventListener("source-saved", (event) => {
    saved = sending;
    say();
    toast(`Saved as revision ${(event as CustomEvent<{ revision: number }>).detail.revision}`);
  });
  document.body.addEventListener("htmx:afterSettle", underline);
  form?.addEventListener("htmx:afterRequest", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    if (xhr.getResponseHeader("HX-Redirect")) saved = sending;
  });
  addEventListener("htmx:beforeOnLoad", (event) => {
    if ((event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr.getResponseHeader("HX-Redirect")) saved = sending;
  });
  addEventListener("beforeunload", (event) => {
    if (dirty()) event.preventDefault();
  });
  // A run begins with what is stored: say so before the page is left.
  document.querySelector("a[data-run]")?.addEventListener("click", (event) => {
    if (!dirty()) return;
    event.preventDefault();
    toast("The text is not saved yet. A run begins with what is saved.", { label: "Save", run: save });
  });
  box.dataset.ready = "true";
}

document.querySelectorAll<HTMLElement>("[data-editor]").forEach(begin);
