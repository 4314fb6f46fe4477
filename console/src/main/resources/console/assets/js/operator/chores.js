// What the hub does at a shop by itself now and then, shown where it did not work.
import { html, nothing } from '../core/element.js';
import { when } from '../core/format.js';

const WORDS = {
  SUBSCRIPTIONS: 'The platform does not push to this hub',
  ORDERS: 'Orders that no push told of cannot be asked for',
  AFTER_SALE: 'Shipments and refunds cannot be read',
  CATALOGUE: 'What changed in the catalogue cannot be read',
  SETTLEMENTS: 'Payouts cannot be read',
  DRIFT: 'The shop cannot be compared with ours',
  LISTINGS: 'Products that changed cannot be sent to it',
};

/** Where it went well, only the webhooks are worth a line: without them orders come late. */
const note = (c) => (c.error
  ? html`<p class="notice notice-warn small-text" data-testid="chore-${c.kind.toLowerCase()}"><span><b>${WORDS[c.kind] ?? c.kind}.</b> ${c.error}. It is tried again ${when(c.nextAt)}.</span></p>`
  : c.kind === 'SUBSCRIPTIONS' && c.found ? html`<small class="muted" data-testid="chore-found">Webhooks: ${c.found}</small>` : nothing);

export const choreNotes = (chores) => (chores ?? []).map(note);
