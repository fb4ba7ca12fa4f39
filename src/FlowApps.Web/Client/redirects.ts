/** A block may lead on by itself after a time; its link stands there for those who do not wait. The server has checked the address. */
export function redirects(): void {
  const seen = new WeakSet<Element>();
  const look = () => {
    for (const block of document.querySelectorAll<HTMLElement>("[data-redirect]")) {
      if (seen.has(block)) continue;
      seen.add(block);
      setTimeout(() => block.isConnected && location.assign(block.dataset.redirect!), Number(block.dataset.after ?? 0) * 1000);
    }
  };
  look();
  document.body.addEventListener("htmx:afterSettle", look);
}
