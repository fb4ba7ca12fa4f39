import { drop, put, take } from "./shelf";
import { toast } from "./toast";

const part = 1024 * 1024;

interface Answer {
  id: string;
  received: number;
  size: number;
}

/** The server said no, and would say it again. Everything else is a broken line, and is tried again. */
class Refused extends Error {}

function token(): string {
  return document.querySelector<HTMLInputElement>('input[name="__RequestVerificationToken"]')?.value ?? "";
}

async function send(address: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(address, { ...init, headers: { ...init.headers, RequestVerificationToken: token() } });
  if (response.ok) return response.status === 204 ? { id: "", received: 0, size: 0 } : ((await response.json()) as Answer);
  if (response.status === 401) location.assign(`/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);
  if (response.status >= 500 || response.status === 401 || response.status === 409) throw new Error(response.statusText);
  throw new Refused(((await response.json().catch(() => ({}))) as { detail?: string }).detail ?? "The file could not be sent.");
}

const size = (bytes: number) => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    for (const [target, kind] of [[globalThis, "online"], [signal, "abort"]] as const)
      target.addEventListener(kind, () => (clearTimeout(timer), resolve()), { once: true });
  });

interface Sending {
  address: string;
  file: File;
  /** The upload that is gone on with. */
  id?: string;
  signal: AbortSignal;
  known: (state: Answer) => void;
  sent: (state: Answer) => void;
  broken: () => void;
}

/** Sends one file in parts. After a break it asks the server where it stands and goes on from there, for as long as it takes. */
async function upload({ address, file, id, signal, known, sent, broken }: Sending): Promise<string> {
  const again = async <T>(act: () => Promise<T>): Promise<T> => {
    for (let failures = 0; ; failures++)
      try {
        return await act();
      } catch (error) {
        if (signal.aborted || error instanceof Refused) throw error;
        broken();
        await pause(Math.min(8000, 250 * 2 ** failures), signal);
      }
  };
  const form = new FormData();
  form.set("name", file.name);
  form.set("size", String(file.size));
  form.set("modified", String(file.lastModified));
  let state = await again(() => (id ? send(`${address}/${id}`, { signal }) : send(address, { method: "POST", body: form, signal })));
  known(state);
  while (state.received < file.size)
    state = await again(async () => {
      const body = file.slice(state.received, state.received + part);
      try {
        const answer = await send(`${address}/${state.id}?offset=${state.received}`, { method: "POST", body, signal, headers: { "Content-Type": "application/octet-stream" } });
        sent(answer);
        return answer;
      } catch (error) {
        // The part may have arrived although its answer did not.
        if (!(error instanceof Refused)) state = await send(`${address}/${state.id}`, { signal }).catch(() => state);
        throw error;
      }
    });
  return state.id;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, classes: string, text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = classes;
  made.textContent = text;
  return made;
}

function changed(field: HTMLElement): void {
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The id in the form: from the first moment on, so that a draft knows what was on its way. */
function name(field: HTMLElement, id: string | undefined): void {
  field.querySelector("[data-upload-id]")?.remove();
  if (id === undefined) return;
  const hidden = document.createElement("input");
  hidden.type = "hidden";
  hidden.name = field.dataset.uploadName!;
  hidden.value = id;
  hidden.dataset.uploadId = "";
  field.append(hidden);
}

function begin(field: HTMLElement, file: File, id?: string): void {
  const address = field.dataset.upload!;
  const input = field.querySelector<HTMLInputElement>('input[type="file"]')!;
  const choose = input.closest<HTMLElement>(".fl-drop")!;
  const stop = new AbortController();
  const row = element("div", "fl-upload");
  const bar = element("progress", "");
  bar.max = Math.max(file.size, 1);
  bar.value = 0;
  bar.setAttribute("aria-label", `Upload of ${file.name}`);
  const words = element("small", "fl-quiet fl-num", `0 of ${size(file.size)}`);
  const cancel = element("button", "btn btn-sm", "Cancel");
  cancel.type = "button";
  row.append(element("b", "fl-cut fl-medium", file.name), bar, words, cancel);
  field.querySelector("[data-upload-row]")?.remove();
  row.dataset.uploadRow = "";
  field.prepend(row);
  // Nothing of the server's is put over it while it is under way.
  field.dataset.keep = "";
  choose.hidden = true;
  input.value = "";
  const reset = () => {
    row.remove();
    name(field, undefined);
    choose.hidden = false;
    delete field.dataset.keep;
    if (id) void drop("files", id);
    changed(field);
  };
  cancel.addEventListener("click", () => {
    stop.abort();
    if (id) void send(`${address}/${id}`, { method: "DELETE" }).catch(() => undefined);
    reset();
    input.focus();
  });
  let begun = performance.now();
  let from = 0;
  upload({
    address,
    file,
    ...(id && { id }),
    signal: stop.signal,
    known: (state) => {
      id = state.id;
      [from, begun] = [state.received, performance.now()];
      bar.value = from;
      name(field, id);
      if (from === 0) changed(field);
      // Kept until the server has it all: a page that is loaded again goes on by itself.
      void put("files", id, file);
    },
    sent: ({ received }) => {
      bar.value = received;
      const left = Math.ceil(((performance.now() - begun) / 1000 / Math.max(1, received - from)) * (file.size - received));
      words.textContent = `${size(received)} of ${size(file.size)}${left > 0 ? `, ${left} s left. Carry on, we keep uploading.` : ""}`;
    },
    broken: () => {
      words.textContent = `${size(bar.value)} of ${size(file.size)} are there. No connection: it goes on by itself.`;
      // Time without a line is no measure of how fast it is.
      [from, begun] = [bar.value, performance.now()];
    },
  }).then(
    (whole) => {
      bar.remove();
      cancel.remove();
      words.textContent = size(file.size);
      const remove = element("button", "btn btn-sm", "Remove");
      remove.type = "button";
      remove.dataset.uploadRemove = "";
      row.append(remove);
      row.dataset.uploadDone = "";
      delete field.dataset.keep;
      void drop("files", whole);
      changed(field);
    },
    (error: Error) => {
      if (stop.signal.aborted) return;
      reset();
      toast(`${file.name} was not sent. ${error.message}`);
    },
  );
}

/** Chosen by hand: goes on with what is there in part when it is the very same file. */
function choose(field: HTMLElement, file: File): void {
  const part = field.querySelector<HTMLElement>("[data-upload-part]")?.dataset;
  const isSame = part !== undefined && part.name === file.name && part.size === String(file.size) && part.modified === String(file.lastModified);
  begin(field, file, isSame ? part.uploadPart : undefined);
}

/** Files go up on their own as soon as they are chosen or dropped; the form carries only their ids. */
export function uploads(): void {
  document.body.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const field = input.closest<HTMLElement>("[data-upload]");
    if (field?.dataset.upload && input.type === "file" && input.files?.[0]) choose(field, input.files[0]);
  });
  document.body.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-upload-remove]");
    const field = button?.closest<HTMLElement>("[data-upload]");
    if (!field) return;
    const id = field.querySelector<HTMLInputElement>("[data-upload-id]")?.value;
    if (id) {
      void drop("files", id);
      void send(`${field.dataset.upload}/${id}`, { method: "DELETE" }).catch(() => undefined);
    }
    name(field, undefined);
    field.querySelector("[data-upload-row]")?.remove();
    const drops = field.querySelector<HTMLElement>(".fl-drop")!;
    drops.hidden = false;
    changed(field);
    drops.querySelector("input")?.focus();
  });
  for (const kind of ["dragover", "drop"] as const)
    document.body.addEventListener(kind, (event) => {
      const field = (event.target as Element).closest<HTMLElement>("[data-upload]");
      if (!field?.dataset.upload) return;
      event.preventDefault();
      const file = kind === "drop" ? event.dataTransfer?.files[0] : undefined;
      if (file) choose(field, file);
    });
  // What was on its way when the page was left, the browser closed, the line cut.
  for (const row of document.querySelectorAll<HTMLElement>("[data-upload-part]"))
    void take<File>("files", row.dataset.uploadPart!).then((file) => {
      const field = row.closest<HTMLElement>("[data-upload]");
      if (file && row.isConnected && field) begin(field, file, row.dataset.uploadPart);
    });
}
