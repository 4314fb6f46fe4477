// What the hub does at a shop by itself now and then, shown where it did not work.
import { html } from '../core/element.js';
import { when } from '../core/format.js';

const WORDS = {
  SUBSCRIPTIONS: 'The platform does not push to this hub',
  ORDERS: 'Orders that no push told of cannot be asked for',
  CATALOGUE: 'What changed in the catalogue cannot be read',
  SETTLEMENTS: 'Payouts cannot be read',
};

export const choreNotes = (chores) => (chores ?? []).filter((c) => c.error).map((c) => html`<p class="notice notice-warn small-text" data-testid="chore-${c.kind.toLowerCase()}"><span><b>${WORDS[c.kind] ?? c.kind}.</b> ${c.error}. It is tried again ${when(c.nextAt)}.</span></p>`);
