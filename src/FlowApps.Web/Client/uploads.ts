import { toast } from "./toast";

const part = 1024 * 1024;

interface Answer {
  id: string;
  received: number;
  size: number;
}

function token(): string {
  return document.querySelector<HTMLInputElement>('input[name="__RequestVerificationToken"]')?.value ?? "";
}

async function send(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, { ...init, headers: { ...init.headers, RequestVerificationToken: token() } });
  if (!response.ok && response.status !== 409) throw new Error(((await response.json().catch(() => ({}))) as { detail?: string }).detail ?? "The file could not be sent.");
  return response;
}

const megabytes = (bytes: number) => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** Sends one file in parts; a part that fails is tried again from where the server stands. */
async function upload(address: string, file: File, signal: AbortSignal, progress: (sent: number, begun: number) => void): Promise<string> {
  const form = new FormData();
  form.set("name", file.name);
  form.set("size", String(file.size));
  const begun = performance.now();
  let state = (await (await send(address, { method: "POST", body: form, signal })).json()) as Answer;
  for (let failures = 0; state.received < file.size; ) {
    try {
      const body = file.slice(state.received, state.received + part);
      const response = await send(`${address}/${state.id}?offset=${state.received}`, { method: "POST", body, signal, headers: { "Content-Type": "application/octet-stream" } });
      if (response.ok) state = (await response.json()) as Answer;
      failures = 0;
      progress(state.received, begun);
    } catch (error) {
      if (signal.aborted || ++failures > 8) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(8000, 250 * 2 ** failures)));
    }
  }
  return state.id;
}

function begin(field: HTMLElement, input: HTMLInputElement, file: File): void {
  const address = field.dataset.upload!;
  const name = field.dataset.uploadName!;
  const stop = new AbortController();
  const row = document.createElement("div");
  row.className = "fl-upload";
  row.dataset.keep = "";
  const title = document.createElement("b");
  title.className = "fl-cut fl-medium";
  title.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = Math.max(file.size, 1);
  bar.value = 0;
  bar.setAttribute("aria-label", `Upload of ${file.name}`);
  const words = document.createElement("small");
  words.className = "fl-quiet fl-num";
  words.textContent = `0 of ${megabytes(file.size)}`;
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "btn btn-sm";
  cancel.textContent = "Cancel";
  row.append(title, bar, words, cancel);
  field.querySelector("[data-upload-done]")?.remove();
  field.querySelector("[data-upload-id]")?.remove();
  field.prepend(row);
  const drop = input.closest<HTMLElement>(".fl-drop")!;
  drop.hidden = true;
  input.value = "";
  const reset = () => {
    row.remove();
    drop.hidden = false;
  };
  cancel.addEventListener("click", () => {
    stop.abort();
    reset();
  });
  upload(address, file, stop.signal, (sent, begun) => {
    bar.value = sent;
    const left = Math.ceil(((performance.now() - begun) / 1000 / sent) * (file.size - sent));
    words.textContent = `${megabytes(sent)} of ${megabytes(file.size)}${left > 0 ? `, ${left} s left. Carry on, we keep uploading.` : ""}`;
  }).then(
    (id) => {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = name;
      hidden.value = id;
      hidden.dataset.uploadId = "";
      bar.remove();
      cancel.remove();
      words.textContent = megabytes(file.size);
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "btn btn-sm";
      remove.dataset.uploadRemove = "";
      remove.textContent = "Remove";
      row.append(remove);
      row.dataset.uploadDone = "";
      delete row.dataset.keep;
      field.append(hidden);
      hidden.dispatchEvent(new Event("change", { bubbles: true }));
    },
    (error: Error) => {
      if (stop.signal.aborted) return;
      reset();
      toast(`${file.name} was not sent. ${error.message}`);
    },
  );
}

/** Files go up on their own as soon as they are chosen or dropped; the form carries only their ids. */
export function uploads(): void {
  document.body.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const field = input.closest<HTMLElement>("[data-upload]");
    if (field?.dataset.upload && input.type === "file" && input.files?.[0]) begin(field, input, input.files[0]);
  });
  document.body.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-upload-remove]");
    const field = button?.closest<HTMLElement>("[data-upload]");
    if (!field) return;
    const id = field.querySelector<HTMLInputElement>("[data-upload-id]");
    if (id) void send(`${field.dataset.upload}/${id.value}`, { method: "DELETE" }).catch(() => undefined);
    id?.remove();
    field.querySelector("[data-upload-done]")?.remove();
    const drop = field.querySelector<HTMLElement>(".fl-drop")!;
    drop.hidden = false;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    drop.querySelector("input")?.focus();
  });
  for (const kind of ["dragover", "drop"] as const)
    document.body.addEventListener(kind, (event) => {
      const field = (event.target as Element).closest<HTMLElement>("[data-upload]");
      const input = field?.querySelector<HTMLInputElement>('input[type="file"]');
      if (!field?.dataset.upload || !input) return;
      event.preventDefault();
      const file = kind === "drop" ? event.dataTransfer?.files[0] : undefined;
      if (file) begin(field, input, file);
    });
}
