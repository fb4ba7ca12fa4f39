/** Single keys do nothing while a field has the focus. */
export function typing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable], .monaco-editor, dialog") !== null;
}

const off = "flowapps.keys.off";

/** The list of keys (`?`), with the switch that turns single keys off. */
function help(): HTMLDialogElement | null {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#keys");
  const choice = dialog?.querySelector<HTMLInputElement>("[data-single-keys]");
  if (!dialog || !choice) return null;
  choice.checked = localStorage.getItem(off) === null;
  choice.addEventListener("change", () => (choice.checked ? localStorage.removeItem(off) : localStorage.setItem(off, "true")));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || (event.target as Element).closest("[data-close]")) dialog.close();
  });
  return dialog;
}

/** `G` then a letter goes to the menu entry with that `data-go`; `/` finds on the page; `data-key` presses the element it is on. */
export function keys(): void {
  let going = 0;
  const list = help();
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "?" && list) {
      list.showModal();
      return;
    }
    if (localStorage.getItem(off)) return;
    const key = event.key.toLowerCase();
    if (going && Date.now() - going < 1500) {
      going = 0;
      const link = document.querySelector<HTMLAnchorElement>(`a[data-go="${CSS.escape(key)}"]`);
      if (link) {
        event.preventDefault();
        link.click();
      }
      return;
    }
    if (key === "g") {
      going = Date.now();
      return;
    }
    const element = key === "/"
      ? document.querySelector<HTMLElement>("main input[type=search]")
      : [...document.querySelectorAll<HTMLElement>("[data-key]")].find((e) => e.dataset.key?.toLowerCase() === key && e.checkVisibility());
    if (!element) return;
    event.preventDefault();
    if (element.matches("input, textarea")) element.focus();
    else element.click();
  });
}
