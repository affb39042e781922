// Validates what commands tell programs: node messages.mjs SCHEMA FOLDER
// FILE.json by SCHEMA, FILE.sarif by the schema of SARIF 2.1.0 that Microsoft's matchers for logs bring. Both must refuse what is none.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv2020 from 'ajv/dist/2020.js';

const [schema, folder] = process.argv.slice(2);
const files = readdirSync(folder).map((name) => `${folder}/${name}`);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const ours = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(read(schema));
const require = createRequire(import.meta.url);
// The schema is of draft 4, which the ajv of its package knows.
const theirs = createRequire(require.resolve('@microsoft/jest-sarif/package.json'));
const AjvOfOld = theirs('ajv');
const old = new AjvOfOld({ schemaId: 'id', allErrors: true, logger: false, meta: theirs('ajv/lib/refs/json-schema-draft-04.json') });
const logs = old.compile(read(theirs.resolve('./lib/schemas/sarif-2.1.0-rtm.5.json')));
const faults = [];
for (const path of files) {
  const validate = path.endsWith('.sarif') ? logs : ours;
  if (!validate(read(path))) {
    faults.push(...validate.errors.map((error) => `${path}${error.instancePath ?? error.dataPath}: ${error.message}`));
  }
}
const message = { severity: 'error', rule: 'day', message: '', help: [] };
const told = (messages) => ({
  'qarar-messages': 1, version: '1', command: 'check', 'exit-code': 1, errors: 1, warnings: 0, messages, output: [],
});
const wrong = [
  {}, { ...told([]), more: 1 }, told([{ ...message, rule: '' }]), told([{ ...message, place: {} }]),
  told([{ ...message, fix: [{ file: 'a' }] }]), told([{ ...message, place: { file: 'a', start: { line: 1, column: 1, byte: 0 } } }]),
];
for (const value of wrong) if (ours(value)) faults.push(`the schema allows ${JSON.stringify(value)}`);
const result = (region) => ({
  message: { text: '' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'a' }, region } }],
});
const log = (results) => ({ version: '2.1.0', runs: [{ tool: { driver: { name: 'qarar' } }, results }] });
for (const value of [{}, log([{}]), log([result({ startLine: 0 })])]) {
  if (logs(value)) faults.push(`the schema of SARIF allows ${JSON.stringify(value)}`);
}
if (!logs(log([result({ startLine: 1 })]))) faults.push('the schema of SARIF refuses a log');
if (files.length < 100) faults.push(`only ${files.length} files`);
for (const fault of faults) console.error(fault);
console.log(`${files.length} answers for programs have the form of their schemas, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
