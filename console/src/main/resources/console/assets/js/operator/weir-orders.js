// Every order from everywhere, with the show, host and pin that earned it.
import { WeirElement, html, nothing } from '../core/element.js';
import { channelName, money, when } from '../core/format.js';
import { get, withQuery } from '../core/api.js';
import { empty, load, loaded, stateChip, table } from '../ui/parts.js';
import { failed } from '../ui/toast.js';
import './weir-attribution.js';

export class WeirOrders extends WeirElement {
  static properties = { orders: { state: true }, shows: { state: true }, channels: { state: true }, filter: { state: true }, why: { state: true } };

  constructor() {
    super();
    this.filter = { show: '', channel: '', state: '' };
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
    load(this, 'shows', get('/api/shows'));
    load(this, 'channels', get('/api/channels', { optional: true }));
  }

  refresh() {
    this.orders = null;
    return load(this, 'orders', get(withQuery('/api/orders', { ...this.filter, limit: 50 })));
  }

  async more() {
    try {
      const next = await get(withQuery('/api/orders', { ...this.filter, cursor: this.orders.value.nextCursor, limit: 50 }));
      this.orders = { value: { ...next, items: [...this.orders.value.items, ...next.items] } };
    } catch (failure) {
      failed(failure);
    }
  }

  render() {
    const shows = (this.shows?.value?.items ?? []).map((s) => [s.id, s.title]);
    const channels = [['PLAYER', 'Player'], ...(this.channels?.value?.items ?? []).map((c) => [c.name, c.title])];
    return html`<section class="stack"><div class="filters">${this.select('show', 'Show', [['', 'All shows'], ...shows])}${this.select('channel', 'Channel', [['', 'All channels'], ...channels])}<button class="button" @click=${() => this.refresh()}>Refresh</button></div>
      <div class="card">${loaded(this.orders, (o) => this.rows(o), empty('No orders', 'Orders of every shop appear here as they come in.'), () => this.refresh())}</div><weir-rerun .showName=${this.showName}></weir-rerun></section>`;
  }

  select = (id, name, options) => html`<label>${name}<select @change=${(e) => { this.filter = { ...this.filter, [id]: e.target.value }; this.refresh(); }}>${options.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select></label>`;

  rows({ items, nextCursor }) {
    return html`${table([
      { title: 'Placed', cell: (o) => when(o.placedAt) },
      { title: 'Order', cell: (o) => html`<code>${o.externalId ?? o.id}</code>${o.backendOrderId ? html`<small class="reason">backend ${o.backendOrderId}</small>` : nothing}` },
      { title: 'Channel', cell: (o) => channelName(o.channel) },
      { title: 'Lines', cell: (o) => o.lines.map((l) => html`<div>${l.quantity} × <span class="mono">${l.sku}</span></div>`) },
      { title: 'Earned by', cell: (o) => html`${this.earned(o.attribution)} <button class="link small-text" data-testid="why-${o.id}" @click=${() => { this.why = this.why === o.id ? null : o.id; }}>why</button>${this.why === o.id ? html`<weir-attribution .order=${o.id} .showName=${this.showName}></weir-attribution>` : nothing}` },
      { title: 'State', cell: (o) => stateChip(o.state) },
      { title: 'Total', numeric: true, cell: (o) => html`<b>${money(o.total)}</b>` },
    ], items, { label: 'Orders', testid: 'orders-table' })}${nextCursor ? html`<button class="button more" @click=${() => this.more()}>More</button>` : nothing}`;
  }

  showName = (showId) => this.shows?.value?.items.find((s) => s.id === showId)?.title ?? showId;

  earned(a) {
    if (!a?.showId) return html`<span class="muted">no show</span>`;
    return html`${this.showName(a.showId)}<small class="reason">${[a.host, a.pinSku ? `pin ${a.pinSku}` : '', a.rule].filter(Boolean).join(' · ')}</small>`;
  }
}
customElements.define('weir-orders', WeirOrders);
