import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";

const FOLDER = new URL("../../assets/carte/", import.meta.url);
/** The modules that one imports, by their path in the folder of the script. */
const importsOf = (/** @type {string} */ name) =>
  [...readFileSync(new URL(name, FOLDER), "utf-8").matchAll(/^import .* from "(\.[^"]+)";$/gm)].map(
    ([, to]) => posix.join(posix.dirname(name), to),
  );
const modules = readdirSync(FOLDER, { recursive: true, encoding: "utf-8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".js"));

/** Holds only types: no browser fetches it. */
const TYPES = ["messages.js"];

test("every module of the map is asked for once the first has come, or once those have", () => {
  const first = new Set(importsOf("carte.js"));
  const second = new Set([...first].flatMap(importsOf));
  const fetched = new Set(["carte.js", ...first, ...second]);
  const wanted = modules.filter((name) => name !== "amorce.js" && !TYPES.includes(name));
  assert.deepEqual([...fetched].toSorted(), wanted.toSorted());
  for (const name of fetched) for (const to of importsOf(name)) assert.ok(fetched.has(to), `${name} → ${to}`);
});

test("no two modules need each other", () => {
  const reach = (/** @type {string} */ name, /** @type {string[]} */ path) => {
    assert.ok(!path.includes(name), [...path, name].join(" → "));
    for (const to of importsOf(name)) reach(to, [...path, name]);
  };
  reach("carte.js", []);
});

test("no module reads Leaflet or the page before it is asked to", async () => {
  for (const name of modules.filter((each) => each !== "amorce.js")) await import(new URL(name, FOLDER).href);
});
