import { Idiomorph } from "idiomorph/dist/idiomorph.esm.js";
import htmx from "htmx.org/dist/htmx.esm.js";
import { toast } from "./toast";

/** What must never be swapped under a reader: the field with the focus, an open menu, a running selection. */
function held(node: Node): boolean {
  if (!(node instanceof Element)) return false;
  if (node === document.activeElement && node.matches("input, textarea, select, [contenteditable]")) return true;
  return node.matches("[data-keep]");
}

/** Whatever is swapped: the words under the cursor are their writer's. */
function keeping<T>(swap: () => T): T {
  const active = document.activeElement;
  const words = active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement ? active.value : undefined;
  const swapped = swap();
  const now = active?.isConnected ? active : document.getElementById(active?.id ?? "");
  if (words !== undefined && (now instanceof HTMLTextAreaElement || now instanceof HTMLInputElement) && now.type === (active as HTMLInputElement).type && now.type !== "file" && now.value !== words) now.value = words;
  return swapped;
}

/** Makes what is on the page into what came, and leaves to the reader what is theirs. */
export function morph(target: Element, fresh: Element | Element[], morphStyle: "outerHTML" | "innerHTML" = "outerHTML"): Element[] {
  return keeping(() => Idiomorph.morph(target, fresh, {
    morphStyle,
    ignoreActiveValue: true,
    restoreFocus: true,
    callbacks: {
      beforeNodeMorphed: (old: Node, fresh: Node) => {
        if (held(old)) return false;
        // Whether a disclosure is open is the reader's, not the server's.
        if (old instanceof HTMLDetailsElement && fresh instanceof HTMLDetailsElement) fresh.open = old.open;
        return true;
      },
    },
  }));
}

/** htmx as this product uses it: no evaluation of text, no injected styles, morphing as the one way to swap. */
export function fragments(): void {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    inlineStyleNonce: nonce,
    selfRequestsOnly: true,
    defaultSwapStyle: "morph",
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    scrollIntoViewOnBoost: false,
    // A refused form (422) and a lost race (409) come back as the fragment to show.
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "(409|422)", swap: true },
      { code: "...", swap: false, error: true },
    ],
  });
  htmx.defineExtension("morph", {
    isInlineSwap: (style: string) => style === "morph",
    handleSwap: (style: string, target: Element, fragment: DocumentFragment | Element) => {
      if (style !== "morph" && style !== "morph:innerHTML") return false;
      return morph(target, fragment instanceof DocumentFragment ? [...fragment.children] : fragment, style === "morph" ? "outerHTML" : "innerHTML");
    },
  });
  // Refused with a sentence: it is said in the corner, and the page stays as it is.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean }>;
    if (!detail.shouldSwap || !detail.xhr.getResponseHeader("X-Flowapps-Said")) return;
    detail.shouldSwap = false;
    toast(detail.xhr.responseText);
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    if (xhr.status === 401) location.assign(`/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);
    else toast(xhr.status === 403 ? "You do not have the right to do this." : "That did not work. Nothing was changed.");
  });
  document.body.addEventListener("htmx:sendError", () => toast("No connection. Nothing was changed; try again when you are online."));
}

/** Asks the element's own `hx-get` again, now. */
export function refresh(element: Element): void {
  htmx.trigger(element, "refresh", {});
}

/** Makes htmx look at markup that a script of ours put on the page. */
export function adopt(element: Element): void {
  htmx.process(element);
}
