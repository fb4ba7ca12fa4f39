import { refresh } from "./fragments";
import { toast } from "./toast";

/** What the hub says: that something changed, never what. The page asks for the fragment with the reader's own rights. */
interface News {
  kind: string;
  id: string;
  version: number;
}

const burst = 120;

/**
 * Elements with `data-live="execution:ID"` (several topics: separated by spaces) and an `hx-get` with `hx-trigger="refresh"`
 * are fetched again when their topic has news. Subscribe first, then load: nothing falls between.
 */
export async function live(): Promise<void> {
  const watched = () => [...document.querySelectorAll<HTMLElement>("[data-live]")];
  const topics = () => [...new Set(watched().flatMap((e) => (e.dataset.live ?? "").split(/\s+/).filter(Boolean)))];
  if (topics().length === 0) return;

  // Only pages that show something live pay for the connection's code.
  const { HubConnectionBuilder, LogLevel } = await import("@microsoft/signalr");
  const connection = new HubConnectionBuilder()
    .withUrl("/hubs/news")
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => Math.min(15_000, 250 * 2 ** previousRetryCount) * (0.5 + Math.random()) })
    .configureLogging(LogLevel.None)
    .build();

  const seen = new Map<string, number>();
  const due = new Set<HTMLElement>();
  let timer = 0;
  const soon = (elements: HTMLElement[]) => {
    for (const element of elements) due.add(element);
    if (due.size === 0) return;
    timer ||= window.setTimeout(() => {
      timer = 0;
      for (const element of due) if (element.isConnected) refresh(element);
      due.clear();
    }, burst);
  };
  const about = (topic: string) => watched().filter((e) => (e.dataset.live ?? "").split(/\s+/).includes(topic));

  connection.on("news", (news: News) => {
    const topic = `${news.kind}:${news.id}`;
    if (news.version <= (seen.get(topic) ?? -1)) return;
    seen.set(topic, news.version);
    // The version that a fragment was rendered at is written on it; older news says nothing new.
    soon(about(topic).filter((e) => Number(e.dataset.version ?? -1) < news.version));
  });

  const say = (state: "live" | "connecting" | "reconnecting" | "off") => {
    const words = { live: "Live", connecting: "Connecting", reconnecting: "Reconnecting", off: "Not live" }[state];
    document.querySelectorAll<HTMLElement>("[data-live-state]").forEach((mark) => {
      mark.dataset.liveState = state;
      mark.textContent = words;
    });
  };
  let lost = 0;
  const watch = async () => {
    const refused = await connection.invoke<string[]>("Watch", topics());
    clearTimeout(lost);
    say(refused.length === topics().length ? "off" : "live");
    soon(watched());
  };
  connection.onreconnecting(() => {
    clearTimeout(lost);
    lost = window.setTimeout(() => {
      say("reconnecting");
      lost = window.setTimeout(() => toast("No connection. What you see may be old; we keep trying."), 7000);
    }, 3000);
  });
  connection.onreconnected(() => void watch());
  connection.onclose(() => say("off"));

  const start = async (): Promise<void> => {
    try {
      await connection.start();
      await watch();
    } catch {
      say("reconnecting");
      setTimeout(() => void start(), 5000);
    }
  };
  say("connecting");
  await start();
}
