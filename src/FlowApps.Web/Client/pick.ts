/** The list of sample people fills the sign-in form: `data-fill` holds the values by field name. */
export function pick(): void {
  addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-fill]");
    if (!button) return;
    const values = JSON.parse(button.dataset.fill ?? "{}") as Record<string, string>;
    for (const [name, value] of Object.entries(values)) {
      const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
      if (field) field.value = value;
    }
    button.closest("ul")?.querySelectorAll("[aria-pressed]").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
  });
}
