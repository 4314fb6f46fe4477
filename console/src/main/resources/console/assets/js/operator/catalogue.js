// How far a shop's catalogue has come in, and ours gone out to it.
import { html, nothing } from '../core/element.js';
import { ago } from '../core/format.js';

const count = new Intl.NumberFormat();

/** Whether anything is under way that is worth another look soon. */
export const isMoving = (catalogue) => Object.values(catalogue ?? {}).some((run) => !run.done);

function standing(run, words) {
  const seen = `${count.format(run.seen)} ${words.seen}`;
  const refused = run.leftOut ? `, ${count.format(run.leftOut)} ${words.left}` : '';
  return run.done ? `${seen}${refused}, ${ago(run.endedAt)}` : `${seen}${refused} so far, since ${ago(run.since)}`;
}

function line(run, title, words) {
  if (!run) return nothing;
  return html`<small class="muted" role="status"><b>${title}</b> ${standing(run, words)}${run.trouble ? html` <span class="bad">· ${run.trouble}</span>` : nothing}</small>`;
}

export const progressNote = (id, catalogue) => (catalogue?.in || catalogue?.out ? html`<div class="stack small-text" data-testid="catalogue-${id}">
  ${line(catalogue.in, 'Catalogue in:', { seen: 'listings read', left: 'of SKUs that you do not sell' })}
  ${line(catalogue.out, 'Catalogue out:', { seen: 'products looked at', left: 'refused' })}</div>` : nothing);
