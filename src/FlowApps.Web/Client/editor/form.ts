import type { editor } from "monaco-editor/editor";
import { toast } from "../toast";

type Command = Record<string, string>;

/** The form builder beside the text: each change is asked of the server, which writes it into the text; here it becomes one step that can be undone. */
export function formBuilder(code: editor.IStandaloneCodeEditor, form: HTMLFormElement | null, show: (fresh: Document) => void): void {
  const pane = () => document.querySelector<HTMLElement>("[data-form-builder]");
  if (!form || !pane()) return;
  const model = code.getModel()!;

  /** Only what differs is replaced, so that the cursor, folds and undo know what happened. */
  const write = (text: string) => {
    const was = model.getValue();
    if (was === text) return;
    let from = 0;
    while (from < Math.min(was.length, text.length) && was[from] === text[from]) from++;
    let behind = 0;
    while (behind < Math.min(was.length, text.length) - from && was[was.length - 1 - behind] === text[text.length - 1 - behind]) behind++;
    const start = model.getPositionAt(from);
    const end = model.getPositionAt(was.length - behind);
    code.pushUndoStop();
    code.executeEdits("form", [{ range: { startLineNumber: start.lineNumber, startColumn: start.column, endLineNumber: end.lineNumber, endColumn: end.column }, text: text.slice(from, text.length - behind) }]);
    code.pushUndoStop();
    code.revealLineInCenterIfOutsideViewport(start.lineNumber);
  };

  const cardOf = (element: Element) => element.closest<HTMLElement>("[data-input]");
  const cardAt = (path: string) => pane()?.querySelector<HTMLElement>(`[data-input="${CSS.escape(path)}"]`) ?? null;

  /** One change after the other; one that meets another text than it was made for is asked again. What it says is read when its turn has come: a change before it may have moved its card. */
  let turn: Promise<unknown> = Promise.resolve();
  const change = (say: () => Command | null, then?: (card: HTMLElement | null) => void) => {
    turn = turn.then(async () => {
      for (;;) {
        const command = say();
        if (!command) return;
        const version = model.getAlternativeVersionId();
        const body = new FormData(form);
        body.set("source", model.getValue());
        for (const [name, value] of Object.entries(command)) body.set(name, value);
        const headers = { "HX-Request": "true", ...(JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Command) };
        const response = await fetch(pane()!.dataset.formBuilder!, { method: "POST", body, headers }).catch(() => null);
        const answer = (await response?.text().catch(() => null)) ?? null;
        if (!response?.ok || answer === null) {
          toast(response?.headers.has("X-Flowapps-Said") && answer ? answer : "That did not work. The text is as it was.");
          return;
        }
        if (model.getAlternativeVersionId() !== version) continue;
        const fresh = new DOMParser().parseFromString(answer, "text/html");
        const rewritten = fresh.querySelector<HTMLTextAreaElement>("#rewritten")!;
        const path = rewritten.dataset.input;
        rewritten.remove();
        write(rewritten.value);
        show(fresh);
        then?.(path ? cardAt(path) : null);
        return;
      }
    });
  };

  const open = (card: HTMLElement | null) => {
    const details = card?.querySelector("details");
    if (!card || !details) return;
    details.open = true;
    const label = details.querySelector<HTMLInputElement>('[data-field="displayName"]');
    label?.focus();
    label?.select();
    card.scrollIntoView({ block: "nearest" });
  };
  /** The keyboard goes on where it was: on the same button, or on the card when the button is off now. */
  const stay = (what: string) => (card: HTMLElement | null) => {
    const button = card?.querySelector<HTMLButtonElement>(`:scope > .fl-input-tools ${what}`);
    (button && !button.disabled ? button : card?.querySelector("summary"))?.focus();
    card?.scrollIntoView({ block: "nearest" });
  };
  const move = (card: HTMLElement, to: () => number, then: (card: HTMLElement | null) => void) =>
    change(() => (card.isConnected ? { do: "move", at: card.dataset.input!, to: String(to()) } : null), then);

  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-form-builder] [data-undo]")) {
      void model.undo();
      return;
    }
    const button = target.closest<HTMLButtonElement>("[data-form-builder] [data-do]");
    if (!button) return;
    const card = cardOf(button);
    const what = button.dataset.do!;
    if (what === "add") {
      const menu = button.closest<HTMLDetailsElement>("details")!;
      menu.open = false;
      change(() => ({ do: "add", at: menu.dataset.within ?? "", kind: button.dataset.kind! }), open);
    } else if (what === "move") {
      const step = Number(button.dataset.to) - Number(card!.dataset.at);
      move(card!, () => Number(card!.dataset.at) + step, stay(`[data-do="move"][aria-label$="${step < 0 ? "up" : "down"}"]`));
    } else if (what === "copy") change(() => (card!.isConnected ? { do: "copy", at: card!.dataset.input! } : null), open);
    else {
      const path = card!.dataset.input!;
      const last = Number(card!.dataset.at) + 1 === card!.parentElement!.children.length;
      const next = last ? path.replace(/\d+\]$/, `${Number(card!.dataset.at) - 1}]`) : path;
      change(() => (card!.isConnected ? { do: "remove", at: card!.dataset.input! } : null), () => (cardAt(next)?.querySelector("summary") ?? pane()?.querySelector<HTMLElement>(".fl-add > summary"))?.focus());
    }
  });

  document.addEventListener("change", (event) => {
    const field = event.target as HTMLInputElement;
    const name = field.dataset.field;
    const card = cardOf(field);
    if (!name || !card) return;
    const value = field.type === "checkbox" ? String(field.checked) : field.value;
    change(() => (card.isConnected ? { do: "set", at: card.dataset.input!, field: name, value } : null), (now) => {
      // A new id is a new card: it is open where the old one was.
      if (now && !card.isConnected) {
        now.querySelector("details")!.open = true;
        if (!document.activeElement || document.activeElement === document.body) now.querySelector<HTMLElement>(`[data-field="${name}"]`)?.focus();
      }
    });
  });

  addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (!target.closest?.("[data-form-builder]")) return;
    const field = target.closest<HTMLInputElement>("input[data-field]");
    if (field && event.key === "Enter") {
      // The form around it is the text's own: Enter writes the change and saves nothing.
      event.preventDefault();
      field.blur();
      field.focus();
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && cardOf(target)) {
      event.preventDefault();
      const card = cardOf(target)!;
      const inside = target.id;
      const to = () => Number(card.dataset.at) + (event.key === "ArrowUp" ? -1 : 1);
      if (to() >= 0 && to() < card.parentElement!.children.length) move(card, to, (now) => (inside ? document.getElementById(inside) : now?.querySelector("summary"))?.focus());
    } else if ((event.ctrlKey || event.metaKey) && event.key === "z" && !target.matches("input, textarea, select")) {
      event.preventDefault();
      void (event.shiftKey ? model.redo() : model.undo());
    }
  });

  document.addEventListener("toggle", (event) => {
    const menu = event.target as HTMLDetailsElement;
    if (menu.open && menu.matches("[data-form-builder] .fl-add")) menu.scrollIntoView({ block: "nearest" });
  }, true);

  // Dragging, within the list that a card is in.
  let dragged: HTMLElement | null = null;
  const unmark = () => document.querySelectorAll(".is-before, .is-behind").forEach((card) => card.classList.remove("is-before", "is-behind"));
  const under = (event: DragEvent) => {
    const list = dragged?.parentElement;
    return list && list.contains(event.target as Node) ? [...list.children].find((card) => card.contains(event.target as Node)) as HTMLElement | undefined : undefined;
  };
  const isBehind = (card: HTMLElement, event: DragEvent) => {
    const { top, height } = card.getBoundingClientRect();
    return event.clientY > top + height / 2;
  };
  document.addEventListener("dragstart", (event) => {
    const card = (event.target as Element).closest?.("[data-grip]")?.closest<HTMLElement>("[data-input]");
    if (!card) return;
    dragged = card;
    event.dataTransfer!.effectAllowed = "move";
    event.dataTransfer!.setData("text/plain", card.querySelector("b")?.textContent ?? "");
    event.dataTransfer!.setDragImage(card, 12, 12);
    card.classList.add("is-dragged");
  });
  document.addEventListener("dragover", (event) => {
    const card = under(event);
    if (!card) return;
    event.preventDefault();
    unmark();
    if (card !== dragged) card.classList.add(isBehind(card, event) ? "is-behind" : "is-before");
  });
  document.addEventListener("drop", (event) => {
    const card = under(event);
    if (!card || !dragged) return;
    event.preventDefault();
    if (card === dragged) return;
    const from = Number(dragged.dataset.at);
    const place = Number(card.dataset.at) + (isBehind(card, event) ? 1 : 0);
    const to = place > from ? place - 1 : place;
    if (to !== from) move(dragged, () => to, stay("[data-do=move]"));
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    unmark();
  });

  // Which of the two stands beside the text is in the address.
  form.addEventListener("change", (event) => {
    const choice = event.target as HTMLInputElement;
    if (choice.name !== "pane") return;
    const address = new URL(location.href);
    if (choice.value === "topology") address.searchParams.delete("pane");
    else address.searchParams.set("pane", choice.value);
    history.replaceState(history.state, "", address);
  });
}
