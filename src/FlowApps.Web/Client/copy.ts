import { toast } from "./toast";

/** `data-copy="text"` on a button copies that text. */
export function copy(): void {
  addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (button) void navigator.clipboard.writeText(button.dataset.copy ?? "").then(() => toast("Copied"));
  });
}
