// Small shared pieces: states, empty and loading blocks, tables, confirmation.
import { html, nothing } from 'lit';

const KINDS = {
  good: ['OK', 'LIVE', 'PAID', 'PROCESSED', 'CLOSED', 'UP', 'STARTED', 'COMMITTED', 'CAPTURED', 'ACCEPTED', 'FULFILLED'],
  warn: ['CONNECTING', 'DEGRADED', 'BACKOFF', 'PARKED', 'HALF_OPEN', 'RECEIVED', 'HELD', 'PAYING', 'OPEN', 'UNCHECKED', 'UNFINISHED', 'SUSPENDED', 'PLANNED'],
  bad: ['DEAD', 'FAILING', 'REJECTED', 'FAILED', 'DOWN', 'STOPPED', 'OUT_OF_SERVICE'],
};

export function stateChip(state, kind) {
  const chosen = kind ?? Object.keys(KINDS).find((k) => KINDS[k].includes(state)) ?? 'idle';
  const words = String(state ?? 'unknown').toLowerCase().replaceAll('_', ' ');
  return html`<span class="chip chip-${chosen}">${words}</span>`;
}

export const empty = (title, text, action) => html`<div class="empty"><strong>${title}</strong><p>${text}</p>${action ?? nothing}</div>`;

export const skeleton = (rows = 3) => html`<div class="skeleton" role="status" aria-label="Loading">${Array.from({ length: rows }, () => html`<span></span>`)}</div>`;

export const problemNote = (problem, retry) => html`<div class="notice notice-bad" role="alert">
  <span>${problem.text ?? String(problem)}</span>${retry ? html`<button class="button small" @click=${retry}>Try again</button>` : nothing}</div>`;

/** One block that loads: skeleton, problem, empty or content. */
export function loaded(slot, content, none, retry) {
  if (slot?.problem) return problemNote(slot.problem, retry);
  if (!slot?.value) return skeleton();
  const items = slot.value.items ?? slot.value;
  return Array.isArray(items) && items.length === 0 ? none : content(slot.value);
}

export async function load(element, name, fetching) {
  try {
    element[name] = { value: await fetching };
  } catch (problem) {
    if (problem.name !== 'AbortError') element[name] = { problem };
  }
}

export const table = (columns, rows, options = {}) => html`<div class="table-wrap" tabindex="0" role="region" aria-label=${options.label ?? 'Table'}>
  <table data-testid=${options.testid ?? nothing}>
    <thead><tr>${columns.map((c) => html`<th class=${c.numeric ? 'num' : ''} scope="col">${c.title}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${columns.map((c) => html`<td class=${c.numeric ? 'num' : ''} data-label=${c.title}><span class="cell">${c.cell(row)}</span></td>`)}</tr>`)}</tbody>
    ${options.foot ?? nothing}
  </table></div>`;

export function copyButton(text, done) {
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    done?.();
  };
  return html`<button type="button" class="button small" @click=${copy}>Copy</button>`;
}
