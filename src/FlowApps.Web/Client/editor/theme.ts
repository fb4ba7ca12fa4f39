import { editor } from "monaco-editor/editor";

/** The colours of the stylesheet, as the browser resolves them now. */
function colours(): (name: string) => string {
  const probe = document.createElement("span");
  const canvas = document.createElement("canvas").getContext("2d")!;
  return (name) => {
    document.body.append(probe);
    probe.style.color = `var(${name})`;
    canvas.fillStyle = getComputedStyle(probe).color;
    probe.remove();
    return String(canvas.fillStyle);
  };
}

/** The editor looks like the page around it, and changes with it. */
export function theme(): void {
  const apply = () => {
    const of = colours();
    const dark = getComputedStyle(document.documentElement).colorScheme === "dark" || (document.documentElement.dataset.bsTheme === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
    const rule = (token: string, name: string, fontStyle?: string) => ({ token, foreground: of(name).slice(1), fontStyle });
    editor.defineTheme("page", {
      base: dark ? "vs-dark" : "vs",
      inherit: true,
      rules: [
        rule("key", "--fl-syn-key"), rule("string", "--fl-syn-str"), rule("number", "--fl-syn-num"), rule("expression", "--fl-syn-expr"), rule("comment", "--fl-syn-com", "italic"), rule("type", "--fl-syn-type"),
      ],
      colors: {
        "editor.background": of("--tblr-bg-surface"), "editor.foreground": of("--tblr-body-color"), "editorLineNumber.foreground": of("--tblr-secondary"), "editorLineNumber.activeForeground": of("--tblr-heading-color"),
        "editorWidget.background": of("--fl-raised"), "editorSuggestWidget.background": of("--fl-raised"), "editorHoverWidget.background": of("--fl-raised"), "focusBorder": of("--fl-brand-text"), "editorCursor.foreground": of("--fl-brand-text"),
        "editorError.foreground": of("--fl-fail"), "editorWarning.foreground": of("--fl-warn"),
      },
    });
    editor.setTheme("page");
  };
  apply();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
}
