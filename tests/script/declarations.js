// What the server tells the map, read from the same declaration.
import { execFileSync } from "node:child_process";

/** @import { Declarations } from "../../assets/carte/messages.js" */

const PYTHON = process.env.PYTHON ?? "python3";

/** @type {Declarations} */
export const declarations = JSON.parse(
  execFileSync(
    PYTHON,
    ["-c", "from cpts_geo.communes.prises import pour_la_carte as told; print(told().decode())"],
    {
      encoding: "utf-8",
      env: { ...process.env, PYTHONIOENCODING: "utf-8" },
    },
  ),
);
