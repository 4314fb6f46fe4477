// A form that is refused: what the hub said of each field stands beside that field, the rest above the button.
import { html, nothing } from '../core/element.js';

/** `{field: words, '': words}` of a problem; `names` gives what the hub calls a field another name here. */
export function complaints(problem, known, names = {}) {
  const at = (field) => [names[field] ?? field].find((name) => known.includes(name)) ?? '';
  if (problem.errors?.length) return Object.fromEntries(problem.errors.map((e) => [at(e.field), `${e.value}: expected ${e.expected}`]));
  // Some refusals say whose field it is: "preOrder of MUG: 1 (expected: 2 or more)".
  const [, field, words] = /^(\w+)(?: of [^:]+)?: (.*)$/s.exec(problem.detail ?? '') ?? [];
  return field && at(field) ? { [at(field)]: words.replace(/ \(expected: (.*)\)$/s, ': expected $1') } : { '': problem.text ?? String(problem) };
}

export const said = (all, name) => (all?.[name] ? html`<span class="field-bad" id="bad-${name}" role="alert">${all[name]}</span>` : nothing);

/** Whole units; `attributes` are value, least, most, testid and words below it. */
export const unitsField = (title, name, { value, most, least = 0, testid, hint, optional = false, disabled = false }, all) => html`<label>${title}
  <input name=${name} type="number" inputmode="numeric" step="1" min=${least} max=${most ?? nothing} ?required=${!optional} ?disabled=${disabled} .value=${value ?? ''} data-testid=${testid ?? nothing}
    aria-invalid=${all?.[name] ? 'true' : nothing} autocomplete="off">${hint ? html`<span class="hint">${hint}</span>` : nothing}${said(all, name)}</label>`;

/** What a form says, numbers as numbers and empty fields left out. */
export function numbersOf(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, v]) => v !== '').map(([name, v]) => [name, /^-?\d+$/.test(v) ? Number(v) : v]));
}
