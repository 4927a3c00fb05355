// Everything works without this file. It adds what a browser can do better.
import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  FileUpload,
  PasswordInput,
  Radios,
} from "govuk-frontend";

import { copyButtons } from "./copy.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const words = document.documentElement.dataset;

function start(scope) {
  createAll(CharacterCount, undefined, scope);
  createAll(Checkboxes, undefined, scope);
  createAll(ErrorSummary, undefined, scope);
  createAll(FileUpload, undefined, scope);
  createAll(PasswordInput, undefined, scope);
  createAll(Radios, undefined, scope);
  copyButtons(scope, words);
}

createAll(Button, { preventDoubleClick: true });
start(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});
