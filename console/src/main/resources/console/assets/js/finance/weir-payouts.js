// What the platforms paid out, and whether it is what the journal says: per payout, and order by order.
import { WeirElement, html, nothing } from '../core/element.js';
import { channelName, count, money, when } from '../core/format.js';
import { get, withQuery } from '../core/api.js';
import { empty, load, loaded, stateChip, table } from '../ui/parts.js';
import { failed } from '../ui/toast.js';

const PAGE = 25;
const ORDERS = 50;
const VERDICTS = { AGREES: ['agrees', 'good'], DIFFERS: ['differs', 'bad'], UNKNOWN: ['not known', 'warn'] };

export class WeirPayouts extends WeirElement {
  static properties = { payouts: { state: true }, opened: { state: true }, orders: { state: true }, only: { state: true } };

  constructor() {
    super();
    this.only = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  ask = (cursor) => get(withQuery('/api/payouts', { cursor, limit: PAGE }));

  refresh = () => load(this, 'payouts', this.ask());

  async older() {
    this.payouts = await this.more(this.payouts, this.ask);
  }

  async further() {
    const opened = this.opened;
    const next = await this.more(this.orders, (cursor) => this.compare(cursor));
    if (opened === this.opened) this.orders = next;
  }

  async more(slot, ask) {
    try {
      const next = await ask(slot.value.nextCursor);
      return { value: { ...next, items: [...slot.value.items, ...next.items] } };
    } catch (failure) {
      failed(failure);
      return slot;
    }
  }

  compare = (cursor) => get(withQuery(`/api/payouts/${this.opened.connectionId}/${encodeURIComponent(this.opened.externalId)}/orders`, { verdict: this.only, cursor, limit: ORDERS }));

  async open(payout, only = '') {
    this.opened = payout;
    this.only = only;
    this.orders = null;
    const slot = {};
    if (payout) await load(slot, 'orders', this.compare());
    if (payout === this.opened && only === this.only) this.orders = slot.orders;
  }

  render() {
    return html`<section class="card" aria-labelledby="payouts-title" data-testid="payouts"><div class="card-head"><h2 id="payouts-title">Payouts against the journal</h2><small class="muted">What buyers paid, less what went back; fees are shown beside</small></div>
      ${loaded(this.payouts, (p) => this.list(p), empty('No payouts yet', 'Platforms that state what they pay out are read every six hours.'), this.refresh)}</section>
      ${this.opened ? this.detail() : nothing}`;
  }

  list({ items, nextCursor }) {
    const columns = [
      { title: 'Channel', cell: (p) => channelName(p.channel) },
      { title: 'Stated', cell: (p) => when(p.at) },
      { title: 'Paid', cell: (p) => (p.paidAt ? when(p.paidAt) : 'announced') },
      { title: 'Amount', numeric: true, cell: (p) => money(p.amount) },
      { title: 'Orders', cell: (p) => this.counts(p.checked) },
      { title: 'Off by', numeric: true, cell: (p) => (p.checked ? money(p.checked.off) : '–') },
      { title: 'Of no order', numeric: true, cell: (p) => (p.checked ? money(p.checked.withoutOrder) : '–') },
      { title: 'Look', cell: (p) => html`<button class="button small" data-testid="payout-${p.externalId}" aria-label="Orders of payout ${p.externalId}" @click=${() => this.open(p, p.checked?.differ ? 'DIFFERS' : '')}>Orders</button>` },
    ];
    return html`${table(columns, items, { label: 'Payouts', testid: 'payouts-table' })}${nextCursor ? html`<button class="button more" data-testid="payouts-older" @click=${() => this.older()}>Older</button>` : nothing}`;
  }

  counts(checked) {
    if (!checked) return html`<span class="muted">not compared</span>`;
    const { agree, differ, unknown } = checked;
    return html`${stateChip(`${count(agree)} agree`, 'good')} ${differ ? stateChip(`${count(differ)} differ`, 'bad') : nothing} ${unknown ? stateChip(`${count(unknown)} not known`, 'warn') : nothing}`;
  }

  detail() {
    const p = this.opened;
    const choices = [['', 'All'], ...Object.entries(VERDICTS).map(([id, [word]]) => [id, capital(word)])];
    return html`<section class="card" aria-labelledby="payout-title" data-testid="payout"><div class="card-head"><h2 id="payout-title">${channelName(p.channel)}, ${when(p.at)}</h2><button class="button small" data-testid="payout-close" @click=${() => this.open(null)}>Close</button></div>
      <div class="segments" role="group" aria-label="Which orders">${choices.map(([id, name]) => html`<button data-testid="verdict-${id || 'ALL'}" aria-pressed=${String(this.only === id)} @click=${() => this.open(p, id)}>${name}</button>`)}</div>
      <div aria-live="polite">${loaded(this.orders, (o) => this.compared(o), empty('None of these', 'Choose others.'), () => this.open(p, this.only))}</div></section>`;
  }

  compared({ items, nextCursor }) {
    const columns = [
      { title: 'Order there', cell: (o) => html`<span class="mono">${o.orderExternalId}</span>` },
      { title: 'Verdict', cell: (o) => stateChip(...VERDICTS[o.verdict]) },
      { title: 'Stated', numeric: true, cell: (o) => money(o.soldInAll) },
      { title: 'Booked', numeric: true, cell: (o) => money(o.booked) },
      { title: 'Off by', numeric: true, cell: (o) => money(o.off) },
      { title: 'In this one', numeric: true, cell: (o) => money(o.sold) },
      { title: 'Kept', numeric: true, cell: (o) => money(o.kept) },
      { title: 'Order is', cell: (o) => (o.state ? stateChip(o.state) : '–') },
    ];
    return html`${table(columns, items, { label: 'Orders of the payout', testid: 'payout-orders' })}${nextCursor ? html`<button class="button more" data-testid="payout-more" @click=${() => this.further()}>More</button>` : nothing}`;
  }
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);
customElements.define('weir-payouts', WeirPayouts);
