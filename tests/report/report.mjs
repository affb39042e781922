// Opens a report of `qarar compare --html` in headless Chromium and does what its reader does: looks at the list, steps
// through it by keyboard, lays one layout over the other, prints. Run with the path of a report that has differences:
//   node report.mjs REPORT.html [FOLDER for pictures]
import { chromium } from 'playwright-core';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [report, pictures] = process.argv.slice(2);
const faults = [];
const must = (holds, what) => { if (!holds) faults.push(what); };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
const asked = [];
page.on('request', (request) => { if (!/^(file|data):/.test(request.url())) asked.push(request.url()); });
page.on('pageerror', (error) => faults.push(`the script fails: ${error.message}`));
page.on('console', (message) => { if (message.type() === 'error') faults.push(`the console says: ${message.text()}`); });
await page.goto(pathToFileURL(report).href);
const shot = async (name) => { if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) }); };

const count = await page.locator('.finding').count();
must(count > 0, 'the list is empty');
must(asked.length === 0, `the report asks the network for ${asked.join(', ')}`);
must(await page.locator('svg').count() >= 2, 'no page is drawn');
must(await page.locator('.pair[dir=rtl]').count() > 0, 'pages of a right-to-left document do not run from right to left');
const sides = await page.locator('.pair[dir=rtl]').first().locator('figure').evaluateAll(
  (figures) => figures.map((figure) => figure.getBoundingClientRect().left));
must(sides[0] > sides[1], 'the reference of a right-to-left document does not stand at the right');
const unsaid = await page.locator('.pair').evaluateAll((pairs) => pairs.filter((pair) =>
  [...pair.querySelectorAll('svg')].some((svg) => !svg.querySelector('image'))
  && !pair.querySelector('.about')?.textContent.includes('drawn from the layout')).length);
must(unsaid === 0, `${unsaid} pages that are drawn as text do not say so`);
const astray = await page.locator('.part').evaluateAll((parts) => parts.filter((part) => {
  const [own, line] = [part, part.closest('svg')].map((element) => element.getBoundingClientRect());
  return own.width <= 0 || own.left < line.left || own.right > line.right;
}).length);
must(astray === 0, `${astray} marks of words stand beside their page`);
await shot('beside');

await page.keyboard.press('j');
const focused = () => page.evaluate(() => document.activeElement?.classList.contains('finding') ?? false);
must(await focused(), '`j` does not go to the first difference');
const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
must(outline !== 'none', 'the focus cannot be seen');
must(await page.locator('.finding.on').count() === 1, 'the difference is not marked in the list');
const marked = await page.locator('.changed.on').count();
const lines = await page.locator('.finding.on').getAttribute('data-lines');
must(marked > 0 || !lines.trim(), 'the lines of the difference are not marked');
if (marked > 0) {
  await page.waitForTimeout(700);
  const inView = await page.locator('.changed.on').last().evaluate((line) => {
    const box = line.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  });
  must(inView, 'the lines of the difference are not in view');
}
await shot('first');
await page.keyboard.press('k');
must(await focused(), '`k` loses the focus');

await page.keyboard.press('2');
must(await page.locator('#overlay[aria-pressed=true]').count() === 1, '`2` does not lay one over the other');
const pair = page.locator('.pair').first().locator('figure');
const boxes = await pair.evaluateAll((figures) => figures.map((figure) => Math.round(figure.getBoundingClientRect().left)));
must(boxes[0] === boxes[1], 'the two layouts do not lie over each other');
const opacity = () => pair.nth(1).evaluate((figure) => Number(getComputedStyle(figure).opacity));
const before = await opacity();
await page.keyboard.press(']');
must(await opacity() > before, '`]` does not show more of the other layout');
await page.locator('#mix').fill('0');
must(await opacity() === 0, 'the slider does not hide the other layout');
await page.locator('#mix').fill('50');
await shot('overlay');
await page.keyboard.press('1');

await page.emulateMedia({ colorScheme: 'dark' });
const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
must(/rgb\((\d|[1-5]\d), /.test(ground), `no dark ground for who wants one: ${ground}`);
await shot('dark');
await page.emulateMedia({ media: 'print', colorScheme: 'light' });
must(await page.locator('.controls').isHidden(), 'buttons are printed');
await shot('print');
await browser.close();

for (const fault of faults) console.error(fault);
console.log(`${count} differences stepped through, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
