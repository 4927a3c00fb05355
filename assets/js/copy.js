// A digest gets a button that copies it whole; without a clipboard there is no button.
export function copyButtons(scope, words) {
  if (!navigator.clipboard) return;
  for (const place of scope.querySelectorAll("[data-copy]:not([data-copy-ready])")) {
    place.dataset.copyReady = "";
    place.append(copyButton(place.dataset.copy, words));
  }
}

function copyButton(text, words) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "u-linklike u-copy";
  button.setAttribute("aria-live", "polite");
  button.textContent = words.wordCopy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = words.wordCopied;
    setTimeout(() => (button.textContent = words.wordCopy), 4000);
  });
  return button;
}
