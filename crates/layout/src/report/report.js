'use strict';
const findings = [...document.querySelectorAll('.finding')];
const body = document.body;
const mix = document.getElementById('mix');
const status = document.getElementById('status');
let at = -1;

// Shows a difference: marks its lines, scrolls to the first of them, and keeps the focus in the list.
function show(index) {
  if (findings.length === 0) return;
  at = (index + findings.length) % findings.length;
  for (const old of document.querySelectorAll('.on')) old.classList.remove('on');
  const finding = findings[at];
  finding.classList.add('on');
  finding.setAttribute('aria-current', 'true');
  for (const other of findings) if (other !== finding) other.removeAttribute('aria-current');
  const lines = finding.dataset.lines.split(' ').filter(Boolean)
    .map((id) => document.getElementById(id)).filter(Boolean);
  for (const line of lines) line.classList.add('on');
  const target = lines[lines.length - 1] ?? document.querySelector(finding.getAttribute('href'));
  target?.scrollIntoView({ block: 'center' });
  finding.focus({ preventScroll: true });
  finding.scrollIntoView({ block: 'nearest' });
  status.textContent = `Difference ${at + 1} of ${findings.length}`;
}

// Marks the characters of a line that is drawn as text where they are: until then they are marked about there.
function place(mark) {
  const text = document.getElementById(mark.dataset.text);
  const [from, to] = [Number(mark.dataset.from), Number(mark.dataset.to)];
  const count = text.getNumberOfChars();
  if (count === 0 || to > count) return;
  const boxes = [];
  for (let at = Math.min(from, count - 1); at < Math.max(to, Math.min(from, count - 1) + 1); at += 1) boxes.push(text.getExtentOfChar(at));
  let left = Math.min(...boxes.map((box) => box.x)) - 1;
  let right = Math.max(...boxes.map((box) => box.x + box.width)) + 1;
  if (from === to) {
    const readsLeft = text.getAttribute('direction') === 'rtl';
    const edge = (from >= count) === readsLeft ? left + 1 : right - 1;
    [left, right] = [edge - 1, edge + 1];
  }
  mark.setAttribute('x', left);
  mark.setAttribute('width', right - left);
}

function view(over) {
  body.classList.toggle('over', over);
  body.classList.toggle('beside', !over);
  document.getElementById('overlay').setAttribute('aria-pressed', String(over));
  document.getElementById('beside').setAttribute('aria-pressed', String(!over));
}

function blend(value) {
  mix.value = value;
  body.style.setProperty('--mix', mix.value / 100);
}

document.querySelectorAll('.part[data-text]').forEach(place);
findings.forEach((finding, index) => finding.addEventListener('click', (event) => {
  event.preventDefault();
  show(index);
}));
document.getElementById('next').addEventListener('click', () => show(at + 1));
document.getElementById('prev').addEventListener('click', () => show(at < 0 ? -1 : at - 1));
document.getElementById('beside').addEventListener('click', () => view(false));
document.getElementById('overlay').addEventListener('click', () => view(true));
mix.addEventListener('input', () => blend(mix.value));

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = {
    j: () => show(at + 1),
    k: () => show(at < 0 ? -1 : at - 1),
    1: () => view(false),
    2: () => view(true),
    '[': () => blend(Number(mix.value) - 10),
    ']': () => blend(Number(mix.value) + 10),
  };
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});
