// Validates layouts by the JSON Schema of `docs/layout.schema.json`: node schema.mjs SCHEMA LAYOUT …
// It also makes sure that the schema refuses what is no layout, so that it cannot pass by allowing everything.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';

const [schema, ...layouts] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(read(schema));
let faults = layouts.length === 0 ? ['there is no layout'] : [];
for (const path of layouts) {
  if (!validate(read(path))) {
    faults = faults.concat(validate.errors.map((error) => `${path}${error.instancePath}: ${error.message}`));
  }
}
const wrong = [
  { 'qarar-layout': 2, document: '', edition: '', languages: [], pages: [] },
  { 'qarar-layout': 1, document: '', edition: '', languages: [], pages: [{}] },
  { 'qarar-layout': 1, document: '', edition: '', languages: [], pages: [{ number: 1, lines: [{ in: 'title' }] }] },
  { 'qarar-layout': 1, document: '', edition: '', languages: [], pages: [], more: 1 },
];
for (const value of wrong) {
  if (validate(value)) faults.push(`the schema allows ${JSON.stringify(value)}`);
}
for (const fault of faults) console.error(fault);
console.log(`${layouts.length} layouts have the form of the schema, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
