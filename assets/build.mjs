// Builds the one style sheet and the one script, and writes the digests that a test holds.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "undersigned", "ui", "static", "ui");
const sources = ["package-lock.json", "build.mjs", ...list("sass"), ...list("js")];

function list(folder) {
  return readdirSync(join(here, folder)).sort().map((name) => `${folder}/${name}`);
}

function digests(folder, names) {
  const of = (name) => createHash("sha256").update(readFileSync(join(folder, name))).digest("hex");
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

const sheet = sass.compile(join(here, "sass", "undersigned.scss"), {
  importers: [new sass.NodePackageImporter(here)],
  quietDeps: true,
});
const notice = "/*! Undersigned. Contains parts of govuk-frontend, (c) Crown Copyright, MIT licence. */\n";
const { code } = await esbuild.transform(sheet.css, {
  loader: "css",
  minify: true,
  target: ["chrome109", "firefox115", "safari16"],
});
writeFileSync(join(out, "undersigned.min.css"), notice + code);

await esbuild.build({
  entryPoints: [join(here, "js", "undersigned.js")],
  outfile: join(out, "undersigned.min.js"),
  banner: { js: notice.trimEnd() },
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
});

const built = ["undersigned.min.css", "undersigned.min.js"];
const record = { built: digests(out, built), sources: digests(here, sources) };
writeFileSync(join(out, "digests.json"), `${JSON.stringify(record, null, 2)}\n`);
