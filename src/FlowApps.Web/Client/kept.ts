import { clear, drop, put, take, tidy } from "./shelf";

type Entries = Record<string, string[]>;

/** `page` and `turn`: which page of the form, and how many changes it had seen; `base`: the draft's mark when that page was made. */
interface Typed {
  page: string;
  turn: number;
  base: string;
  entries: Entries;
}

const leaving = "kept-sent";
const often = 800;
const isKept = (control: HTMLInputElement) => control.name.startsWith("in.") && !["password", "file", "hidden"].includes(control.type);
const isBox = (control: HTMLInputElement) => control.type === "checkbox" || control.type === "radio";
const isText = (control: HTMLInputElement) => ["text", "textarea", "email", "url", "search"].includes(control.type);

function read(form: HTMLFormElement): Entries {
  const entries: Entries = {};
  for (const control of form.querySelectorAll<HTMLInputElement>("[name]"))
    if (isKept(control)) {
      const values = (entries[control.name] ??= []);
      if (!isBox(control) || control.checked) values.push(control.value);
    }
  return entries;
}

/** Puts back what differs from the page as it came (`begun`), behind it what was typed since; gives the control that was changed last. */
function write(form: HTMLFormElement, entries: Entries, begun: Entries): HTMLInputElement | undefined {
  let changed: HTMLInputElement | undefined;
  for (const [name, values] of Object.entries(entries))
    [...form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)].filter(isKept).forEach((control, i) => {
      const before = begun[name] ?? [];
      if (isBox(control)) {
        const wanted = values.includes(control.value);
        if (wanted === control.checked || control.checked !== before.includes(control.value)) return;
        control.checked = wanted;
      } else {
        const [kept, first] = [values[i], before[i] ?? ""];
        const isTouched = control.value !== first;
        if (kept === undefined || kept === first || (isTouched && !(isText(control) && control.value.startsWith(first)))) return;
        control.value = kept + control.value.slice(first.length);
      }
      changed = control;
    });
  return changed;
}

/** Whether the server has heard nothing newer: of that page only earlier changes, or nothing at all since it was made. */
function isNewer(typed: Typed, mark: string): boolean {
  const [page, turn] = mark.split(":");
  return page === typed.page ? typed.turn > Number(turn) : typed.base === mark;
}

/** Somebody without an account has a shelf for as long as the tab is open. */
function owner(form: HTMLFormElement): string {
  if (form.dataset.kept) return form.dataset.kept;
  const tab = sessionStorage.getItem("tab") ?? Math.random().toString(36).slice(2);
  sessionStorage.setItem("tab", tab);
  return `tab ${tab}`;
}

/**
 * A form with `data-kept` keeps what is typed in this browser until the server has it: a lost line, an ended session, a crash between two saves
 * loses nothing. What is secret is never kept.
 */
export async function kept(): Promise<void> {
  addEventListener("submit", (event) => {
    if ((event.target as HTMLFormElement).getAttribute("action") === "/sign-out") void clear();
  });
  void tidy();
  // Another page in answer to a form that was sent: the server has it. Neither signing in again nor the way back from a page of the browser's own is such an answer.
  const sentFrom = sessionStorage.getItem(leaving);
  if (sentFrom && !location.pathname.startsWith("/sign-in")) {
    sessionStorage.removeItem(leaving);
    if (!sentFrom.split("?")[0]!.endsWith(`:${location.pathname}`)) void drop("typed", sentFrom);
  }
  const form = document.querySelector<HTMLFormElement>("form[data-kept]");
  const page = form?.querySelector<HTMLInputElement>("[data-page]");
  const turn = form?.querySelector<HTMLInputElement>("[data-turn]");
  if (!form || !page || !turn) return;
  const place = `${owner(form)}:${form.getAttribute("action")}`;
  const base = form.dataset.draft ?? "";
  const begun = read(form);
  const next = () => (turn.value = String(Number(turn.value) + 1));
  let asked = 0;
  let heard = turn.value;
  const keep = () => {
    void put("typed", place, { page: page.value, turn: Number(next()), base, entries: read(form) } satisfies Typed);
    // A draft is saved while one types as well, not only when one pauses: it is hardly more than a second behind.
    if (form.dataset.kept && Date.now() - asked > often) form.dispatchEvent(new Event("save"));
  };

  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  let sent = "";
  form.addEventListener("htmx:configRequest", (event) => {
    asked = Date.now();
    sent = next();
    (event as CustomEvent<{ parameters: FormData }>).detail.parameters.set(turn.name, sent);
  });
  let again = 0;
  form.addEventListener("htmx:beforeRequest", () => clearTimeout(again));
  // The server cannot be asked just now: what is typed stands in this browser, and is sent as soon as it can.
  const later = (event: Event) => {
    const status = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr.status;
    if (status !== 0 && status < 429) return;
    event.stopPropagation();
    for (const note of document.querySelectorAll<HTMLElement>("[data-draft-note]")) {
      note.classList.remove("is-saved");
      note.textContent = note.dataset.draftNote!;
    }
    clearTimeout(again);
    again = setTimeout(() => form.dispatchEvent(new Event("change")), 2000);
  };
  form.addEventListener("htmx:sendError", later);
  form.addEventListener("htmx:responseError", later);
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!(event as CustomEvent<{ successful: boolean }>).detail.successful) return;
    heard = sent;
    if (heard === turn.value) void drop("typed", place);
    // The draft holds the answers that came in the address: from here on the page is the draft's.
    if (form.dataset.kept && location.search) history.replaceState(history.state, "", form.action);
  });
  // What is done with the draft (handing it over) waits until the draft holds all that is typed, though not for ever for a server that cannot be asked.
  let waits = true;
  const onceSaved = (event: SubmitEvent) => {
    const target = event.target as HTMLFormElement;
    if (target.dataset.needsDraft === undefined || heard === turn.value || !waits) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const go = () => {
      if (waits) {
        waits = false;
        target.requestSubmit();
      }
    };
    form.addEventListener("htmx:afterRequest", () => heard === turn.value && go());
    setTimeout(go, 5000);
    form.dispatchEvent(new Event("save"));
  };
  // Before anybody else hears of it: for them, the form is sent once.
  addEventListener("submit", onceSaved, true);
  // Sent or thrown away on purpose: the server answers with what holds from here on.
  addEventListener("submit", (event) => {
    const target = event.target as HTMLFormElement;
    if (target === form) next();
    if (target === form) sessionStorage.setItem(leaving, place);
    else if (target.hasAttribute("data-drops-draft")) void drop("typed", place);
  });

  const found = await take<Typed>("typed", place);
  if (found && isNewer(found, base)) write(form, found.entries, begun)?.dispatchEvent(new Event("change", { bubbles: true }));
  document.documentElement.dataset.restored = "";
}
