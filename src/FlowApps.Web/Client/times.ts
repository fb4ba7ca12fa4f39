/** The same words as the server's RelativeTime component. */
export function relative(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 5) return "now";
  const [name, amount] = size < 60
    ? ["s", Math.round(size)]
    : size < 3600 ? ["min", Math.round(size / 60)]
    : size < 86_400 ? ["h", Math.round(size / 3600)]
    : ["d", Math.round(size / 86_400)];
  return seconds < 0 ? `${amount} ${name} ago` : `in ${amount} ${name}`;
}

/** The page's language as the reader's country writes it; without one, day before month. */
function locale(): string {
  const { lang } = document.documentElement;
  const wanted = navigator.languages.find((l) => l.startsWith(`${lang}-`));
  return wanted && wanted !== "en-US" ? wanted : "en-GB";
}

function write(element: HTMLTimeElement): void {
  const moment = new Date(element.dateTime);
  if (Number.isNaN(moment.getTime())) return;
  const kind = element.dataset.time;
  if (kind === "relative") element.textContent = relative((moment.getTime() - Date.now()) / 1000);
  else if (kind === "elapsed") element.textContent = elapsed((Date.now() - moment.getTime()) / 1000);
  else if (kind === "local") {
    const today = moment.toDateString() === new Date().toDateString();
    element.textContent = moment.toLocaleString(locale(), today || element.dataset.clock
      ? { hour: "2-digit", minute: "2-digit", second: element.dataset.clock ? "2-digit" : undefined, hour12: false }
      : { day: "numeric", month: "short", year: moment.getFullYear() === new Date().getFullYear() ? undefined : "numeric", hour: "2-digit", minute: "2-digit", hour12: false });
  }
  element.title = moment.toLocaleString(document.documentElement.lang, { dateStyle: "full", timeStyle: "long" });
}

export function elapsed(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
}

/** Times are sent in UTC with words that hold without a script; here they get the reader's zone and stay true. */
export function times(): void {
  // The server needs the zone for date-times that are typed; the cookie says nothing else.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (timeZone) document.cookie = `flowapps.zone=${timeZone}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  const all = () => document.querySelectorAll<HTMLTimeElement>("time[data-time]").forEach(write);
  all();
  setInterval(all, 30_000);
  setInterval(() => document.querySelectorAll<HTMLTimeElement>('time[data-time="elapsed"]').forEach(write), 1000);
  document.body.addEventListener("htmx:afterSettle", all);
}
