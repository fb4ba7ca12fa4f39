/** Says one sentence in the corner for six seconds, and to a screen reader. Longer while it is read or holds the focus. */
export function toast(text: string, action?: { label: string; run: () => void }): HTMLElement {
  const box = document.createElement("div");
  box.className = "fl-toast";
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm ms-auto";
    button.textContent = action.label;
    button.addEventListener("click", () => {
      action.run();
      box.remove();
    });
    box.append(button);
  }
  document.getElementById("toasts")?.append(box);
  const leave = () => (box.matches(":hover, :focus-within") ? void setTimeout(leave, 2000) : box.remove());
  setTimeout(leave, 6000);
  return box;
}
