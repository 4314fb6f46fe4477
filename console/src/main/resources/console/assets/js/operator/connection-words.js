// What is said of a connected shop: which setting is wrong by the title that people know, and how its catalogue stands.
import { html, nothing } from '../core/element.js';
import { ago, count } from '../core/format.js';

/** A refusal in people's words: names of `settings` become their titles; `about` is the first setting it names, or null. */
export function plain(text, settings = []) {
  let about = null;
  const words = String(text ?? '').replace(/^.*\bsetting (\w+) is missing/, '$1: missing').replace(/(^|[\s(])([a-zA-Z]\w*)(?=: )/g, (all, before, name) => {
    const setting = settings.find((s) => s.name === name);
    if (!setting) return all;
    about ??= setting;
    return before + setting.title;
  });
  return { words, about };
}

/** A refusal with the way to mend it: `mend(name)` opens the form at the setting that it names. */
export function refusal(text, settings, mend) {
  const { words, about } = plain(text, settings);
  return html`<p class="notice notice-bad notice-wrap small-text" role="status"><span>${words}</span>${about && mend ? html`<button class="button small" @click=${() => mend(about.name)}>Change ${about.title}</button>` : nothing}</p>`;
}

export const isUnderWay = (catalogue) => ['WAITING', 'RUNNING'].includes(catalogue?.state);

/** How the shop's catalogue came in; `isOwn` for the brand's own shop, whose products are ours. */
export function catalogueNote(catalogue, isOwn, settings) {
  if (!catalogue) return nothing;
  if (isUnderWay(catalogue)) {
    return html`<p class="small-text muted" role="status"><span class="spinner" aria-hidden="true"></span> ${catalogue.state === 'RUNNING' ? 'Bringing the catalogue in…' : 'Waits for the products of your own shop…'}</p>`;
  }
  if (catalogue.state === 'FAILED') {
    return html`<p class="notice notice-warn small-text" role="status"><span><b>The catalogue is not in yet.</b> ${plain(catalogue.reason, settings).words} It is tried again by itself.</span></p>`;
  }
  const { read, skipped, fresh, written } = catalogue.report;
  const seen = isOwn
    ? `${units(read)} read${fresh ? `, ${count(fresh)} new` : ''}`
    : `${units(read)} of the shop read${written ? `, ${count(written)} of yours listed there` : ''}${skipped ? `, ${count(skipped)} left out: not among your products` : ''}`;
  return html`<p class="small-text" role="status" data-testid="catalogue-in">${seen} <span class="muted">${ago(catalogue.since)}</span> · <a class="link" href="#stock">See the products</a></p>`;
}

const units = (n) => `${count(n)} ${n === 1 ? 'product' : 'products'}`;
