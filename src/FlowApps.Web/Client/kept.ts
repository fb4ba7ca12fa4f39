const last = "kept-sent";

/**
 * A form with `data-kept` keeps what is typed in this tab until the server has it: a lost line, an ended session or a closed
 * page between two saves loses nothing. What is secret is never kept.
 */
export function kept(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-kept]");
  const place = `kept:${location.pathname}`;
  // Another page in answer to a form that was sent: the server has it. Signing in again is no such answer.
  const sentFrom = sessionStorage.getItem(last);
  if (sentFrom && !location.pathname.startsWith("/sign-in")) {
    if (sentFrom !== place) sessionStorage.removeItem(sentFrom);
    sessionStorage.removeItem(last);
  }
  if (!form) return;

  const controls = (name: string) => [...form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)];
  const isKept = (control: HTMLInputElement) => control.name.startsWith("in.") && !["password", "file", "hidden"].includes(control.type);

  const found = sessionStorage.getItem(place);
  // A page that the server sent in answer to this very form shows what was typed already.
  if (found && !document.querySelector("#form-summary")) {
    const entries = JSON.parse(found) as Record<string, string[]>;
    let changed: HTMLInputElement | undefined;
    for (const [name, values] of Object.entries(entries))
      controls(name).filter(isKept).forEach((control, i) => {
        const isBox = control.type === "checkbox" || control.type === "radio";
        const before = isBox ? String(control.checked) : control.value;
        if (isBox) control.checked = values.includes(control.value);
        else if (values[i] !== undefined) control.value = values[i];
        if (before !== (isBox ? String(control.checked) : control.value)) changed = control;
      });
    changed?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const keep = () => {
    const entries: Record<string, string[]> = {};
    for (const control of form.querySelectorAll<HTMLInputElement>("[name]"))
      if (isKept(control)) {
        const values = (entries[control.name] ??= []);
        if ((control.type !== "checkbox" && control.type !== "radio") || control.checked) values.push(control.value);
      }
    sessionStorage.setItem(place, JSON.stringify(entries));
  };
  let typed = 0;
  let sent = 0;
  form.addEventListener("input", () => {
    typed++;
    keep();
  });
  form.addEventListener("htmx:beforeRequest", () => (sent = typed));
  form.addEventListener("htmx:afterRequest", (event) => {
    if ((event as CustomEvent<{ successful: boolean }>).detail.successful && sent === typed) sessionStorage.removeItem(place);
  });
  // Sent or thrown away on purpose: the server answers with what holds from here on.
  addEventListener("submit", (event) => {
    if (event.target === form) sessionStorage.setItem(last, place);
    else if ((event.target as HTMLFormElement).action.endsWith("/discard")) sessionStorage.removeItem(place);
  });
}
