import { typing } from "./keys";

/** J and K move through the inbox; the open case is where they start. */
export function inbox(): void {
  if (!document.querySelector("[data-inbox]")) return;
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || localStorage.getItem("flowapps.keys.off")) return;
    const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
    if (step === 0) return;
    const items = [...document.querySelectorAll<HTMLAnchorElement>("[data-inbox] .fl-item")];
    const now = items.findIndex((item) => item.ariaCurrent === "true" || item === document.activeElement);
    const next = items[Math.min(items.length - 1, Math.max(0, now + step))];
    if (!next || next === items[now]) return;
    event.preventDefault();
    next.click();
  });
}

/** On a phone the comment is asked for when somebody says no: the field opens, takes the focus, and the same button then sends it. */
export function reasons(): void {
  document.body.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>(".fl-decide [data-asks]");
    const comment = button?.form?.querySelector<HTMLInputElement>("#comment");
    if (!button || !comment || (button.type === "submit" && comment.value.trim())) return;
    // Words beside an answer say what should change as well as a comment does.
    if (button.dataset["asks"] === "changes" && [...(button.form?.querySelectorAll<HTMLInputElement>("[name^='ask.']") ?? [])].some((words) => words.value.trim())) return;
    event.preventDefault();
    button.closest(".fl-decide")?.classList.add("is-asking");
    comment.focus();
  });
}

const token = "__RequestVerificationToken";

/** A decision that can be taken back counts as soon as its page is left, or when its time is over: then the page shows it as it is. */
export function held(): void {
  const leave = () => {
    const note = document.querySelector<HTMLElement>("[data-held]");
    const form = note?.closest("form");
    if (!note || !form || undoing) return;
    const body = new FormData();
    body.set(token, form.querySelector<HTMLInputElement>(`input[name=${token}]`)?.value ?? "");
    body.set("ballot", note.dataset["ballot"] ?? "");
    navigator.sendBeacon(note.dataset["held"] ?? "", body);
  };
  let undoing = false;
  document.body.addEventListener("click", (event) => {
    if ((event.target as Element).closest("button[name=ballot]")) undoing = true;
  });
  addEventListener("pagehide", leave);
  const note = document.querySelector<HTMLElement>("[data-held]");
  if (!note) return;
  const words = note.textContent;
  const until = Date.parse(note.dataset["until"] ?? "");
  const tick = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left > 0) {
      note.textContent = `It counts in ${left} s, or as soon as you leave this page.`;
      return;
    }
    clearInterval(tick);
    note.textContent = words;
    setTimeout(() => location.reload(), 700);
  }, 500);
}

/** A swipe over an open case on a phone leads to the next or the one before; the arrows in its bar do the same. */
export function swipes(): void {
  const view = document.querySelector<HTMLElement>("section.fl-case");
  if (!view) return;
  let from: Touch | undefined;
  view.addEventListener("touchstart", (event) => (from = event.touches.length === 1 && !(event.target as Element).closest("input, textarea, select, .fl-scroll") ? event.touches[0] : undefined), { passive: true });
  view.addEventListener("touchend", (event) => {
    const to = event.changedTouches[0];
    if (!from || !to) return;
    const across = to.clientX - from.clientX;
    if (Math.abs(across) < 90 || Math.abs(to.clientY - from.clientY) > 45) return;
    document.querySelector<HTMLAnchorElement>(across < 0 ? "a[data-next-case]" : "a[data-previous-case]")?.click();
  }, { passive: true });
}
