/** The command palette: a native dialog; what it finds comes from the server as a fragment. */
export function palette(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#palette");
  const input = dialog?.querySelector<HTMLInputElement>("input");
  if (!dialog || !input) return;

  const options = () => [...dialog.querySelectorAll<HTMLAnchorElement>('a[role="option"]')];
  const select = (next: HTMLAnchorElement | undefined) => {
    for (const option of options()) option.setAttribute("aria-selected", String(option === next));
    input.setAttribute("aria-activedescendant", next?.id ?? "");
    next?.scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-palette]")) {
      event.preventDefault();
      open();
    } else if (event.target === dialog) dialog.close();
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.findIndex((o) => o.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      select(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      (all[at] ?? all[0])?.click();
    }
  });
  dialog.addEventListener("htmx:afterSettle", () => select(options()[0]));
}
