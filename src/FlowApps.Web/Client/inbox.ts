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
    event.preventDefault();
    button.closest(".fl-decide")?.classList.add("is-asking");
    comment.focus();
  });
}
