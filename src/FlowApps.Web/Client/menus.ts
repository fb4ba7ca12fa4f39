/** A menu closes when something else is clicked or Escape is pressed; `data-ask` on a form asks before it is sent. */
export function menus(): void {
  const close = (except?: Element | null) =>
    document.querySelectorAll<HTMLDetailsElement>("details.fl-drop-menu[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  addEventListener("click", (event) => close((event.target as Element).closest("details.fl-drop-menu")));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  addEventListener(
    "submit",
    (event) => {
      const question = (event.target as HTMLFormElement).dataset.ask ?? (event.submitter as HTMLElement | null)?.dataset.ask;
      if (question && !confirm(question)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );
}
