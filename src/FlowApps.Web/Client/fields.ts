/** Remembers which fields the person has been in, so that only those say what is wrong; grows text areas; asks for another line of a list. */
export function fields(): void {
  document.body.addEventListener(
    "focusout",
    (event) => {
      const control = event.target as HTMLInputElement;
      if (!control.name?.startsWith("in.")) return;
      const touched = control.form?.querySelector<HTMLInputElement>('input[name="touched"]');
      const id = control.name.slice(3);
      if (!touched || touched.value.split(",").includes(id)) return;
      touched.value = touched.value ? `${touched.value},${id}` : id;
      // Leaving a field without an answer is a change too: the server says what is missing.
      if (!control.value) control.dispatchEvent(new Event("change", { bubbles: true }));
    },
    true,
  );
  // An answer to an older state of the form must not undo what was typed since it was asked: it is dropped, for every change of a field asks anew.
  const changes = new WeakMap<Element, number>();
  const asked = new WeakMap<XMLHttpRequest, number>();
  const stale = new WeakSet<XMLHttpRequest>();
  const count = (event: Event) => {
    const control = event.target as HTMLInputElement;
    if (control.form && control.closest("[data-fields]")) changes.set(control.form, (changes.get(control.form) ?? 0) + 1);
  };
  document.body.addEventListener("input", count, true);
  document.body.addEventListener("change", count, true);
  document.body.addEventListener("htmx:beforeSend", (event) => {
    const { elt, xhr } = (event as CustomEvent<{ elt: Element; xhr: XMLHttpRequest }>).detail;
    asked.set(xhr, changes.get(elt) ?? 0);
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ elt: Element; requestConfig: { elt: Element }; xhr: XMLHttpRequest; shouldSwap: boolean }>;
    const form = detail.requestConfig.elt;
    if (!form.querySelector("[data-fields]") || (changes.get(form) ?? 0) === asked.get(detail.xhr)) return;
    detail.shouldSwap = false;
    stale.add(detail.xhr);
  });
  // Buttons that add and remove rows go with the next request of their form, and with every further one until an answer has come:
  // a request that is replaced by a newer one takes nothing with it. htmx itself would send the last button that was clicked again and again.
  const pressed = new WeakMap<Element, string[]>();
  document.body.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[name="rows"]');
    const form = button?.form;
    if (!button || !form?.hasAttribute("hx-post")) return;
    event.preventDefault();
    pressed.set(form, [...(pressed.get(form) ?? []), button.value]);
    form.dispatchEvent(new Event("change"));
  });
  document.body.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = (event as CustomEvent<{ elt: Element; parameters: FormData }>).detail;
    if (!(elt instanceof HTMLFormElement)) return;
    parameters.delete("rows");
    for (const command of pressed.get(elt) ?? []) parameters.append("rows", command);
  });
  document.body.addEventListener("htmx:afterOnLoad", (event) => {
    const { elt, xhr, requestConfig } = (event as CustomEvent<{ elt: Element; xhr: XMLHttpRequest; requestConfig: { parameters: FormData } }>).detail;
    const sent = pressed.has(elt) && !stale.has(xhr) ? requestConfig.parameters.getAll("rows").length : 0;
    if (sent > 0) pressed.set(elt, pressed.get(elt)!.slice(sent));
  });
  // The field somebody is in goes along with what they typed; whoever opens the draft elsewhere begins there.
  const last = document.querySelector<HTMLInputElement>("[data-last-field]");
  if (last?.value && !location.hash && !document.querySelector("#form-summary")) document.querySelector<HTMLElement>(`[name="${CSS.escape(last.value)}"]:not([type="hidden"])`)?.focus();
  document.body.addEventListener("focusin", (event) => {
    const control = event.target as HTMLInputElement;
    const place = control.form?.querySelector<HTMLInputElement>("[data-last-field]");
    if (place && control.name?.startsWith("in.")) place.value = control.name;
  });
  const grow = (area: HTMLTextAreaElement) => {
    area.rows = Math.min(16, Math.max(area.rows, area.value.split("\n").length + 1));
  };
  document.querySelectorAll<HTMLTextAreaElement>("textarea[data-grow]").forEach(grow);
  document.body.addEventListener("input", (event) => {
    const control = event.target as HTMLInputElement;
    if (control instanceof HTMLTextAreaElement && control.dataset.grow !== undefined) grow(control);
    const rows = control.closest<HTMLElement>("[data-rows]");
    if (rows && control === rows.lastElementChild && control.value) {
      const next = control.cloneNode() as HTMLInputElement;
      next.value = "";
      next.removeAttribute("id");
      next.removeAttribute("value");
      rows.append(next);
    }
  });
  // Once a form is on its way, no change of it follows that would bring its draft back.
  // Forms that are sent in place (an editor's) stay and are sent again.
  document.body.addEventListener("submit", (event) => {
    const form = event.target as HTMLElement;
    if (form.querySelector("[data-fields]") && !form.getAttribute("hx-trigger")?.includes("submit")) form.dataset.left = "true";
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if ((event.target as HTMLElement).dataset.left) event.preventDefault();
  });
  addEventListener("pageshow", () => document.querySelectorAll<HTMLElement>("form[data-left]").forEach((form) => delete form.dataset.left));
  // A refused form: its summary takes the focus, so that it is read and the keyboard starts there.
  document.querySelector<HTMLElement>("#form-summary")?.focus();
}
