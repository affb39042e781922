// Holds the JSON Schema of `document.toml` to what its reader says: node keys.mjs SCHEMA CASES
// A case is a line of JSON: a key (after a full stop that of a table), a value or none, and whether a document with it is right.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

const [schema, cases] = process.argv.slice(2).map((path) => readFileSync(path, 'utf8'));
const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false });
// A day of the calendar, as RFC 3339 has it.
ajv.addFormat('date', (text) => {
  const [year, month, day] = text.split('-').map(Number);
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCFullYear() === year && found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
});
const validate = ajv.compile(JSON.parse(schema));
const right = {
  kind: 'resolution', symbol: 'A/RES/61/180', body: 'general-assembly', session: 61, adopted: '2006-12-20', meeting: 82,
  distribution: 'general', issued: '2007-03-08', languages: ['ar', 'en'],
};
const faults = [];
let count = 0;
for (const line of cases.split('\n').filter((line) => line !== '')) {
  const found = JSON.parse(line);
  const [outer, inner] = found.key.split('.');
  const document = { ...right };
  delete document[outer];
  if (inner !== undefined) {
    document[outer] = outer === 'report' && inner !== 'symbol' ? { symbol: 'A/61/444' } : {};
    if ('value' in found) document[outer][inner] = found.value;
  } else if ('value' in found) {
    document[outer] = found.value;
  }
  if (validate(document) !== found.right) faults.push(`${found.right ? 'refused' : 'allowed'}: ${line}`);
  count += 1;
}
if (count < 500) faults.push(`only ${count} cases`);
for (const fault of faults) console.error(fault);
console.log(`${count} values of document.toml, ${faults.length} on which the schema and the reader differ`);
process.exit(faults.length === 0 ? 0 : 1);
