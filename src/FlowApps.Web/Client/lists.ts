/** The first checkbox of a table selects all; what is selected stays so while rows are refreshed, for morphing keeps the controls. */
export function lists(): void {
  addEventListener("change", (event) => {
    const all = event.target as HTMLInputElement;
    if (all.dataset.checkAll === undefined) return;
    for (const box of all.form?.elements ?? []) if (box instanceof HTMLInputElement && box.type === "checkbox" && box.name) box.checked = all.checked;
  });
  // A log that grows is followed by whoever reads its end.
  let atEnd = false;
  document.body.addEventListener("htmx:beforeSwap", () => (atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 80));
  document.body.addEventListener("htmx:afterSettle", () => {
    if (atEnd && document.querySelector("[data-follow] .fl-logs")) scrollTo({ top: document.documentElement.scrollHeight });
  });
  // Arrow keys step through what names them: the events of a journal.
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest("input, textarea, select, dialog")) return;
    const link = document.querySelector<HTMLAnchorElement>(`a[data-step="${CSS.escape(event.key)}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
