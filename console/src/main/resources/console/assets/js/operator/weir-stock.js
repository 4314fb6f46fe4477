// One stock level across every shop: what is on hand, and who may sell it.
import { html, nothing, polling } from '../core/element.js';
import { channelName, count } from '../core/format.js';
import { get } from '../core/api.js';
import { empty, load, loaded, table } from '../ui/parts.js';

const EVERY_MS = 3000;

export class WeirStock extends polling(EVERY_MS) {
  static properties = { stock: { state: true } };

  refresh = () => load(this, 'stock', get('/api/stock?limit=200'));

  render() {
    return html`<section class="card"><div class="card-head"><h2>Stock</h2><p class="legend"><span class="seg-sold">sold</span><span class="seg-held">held</span><span class="seg-alloc">allocated</span><span class="seg-free">available</span></p></div>
      ${loaded(this.stock, ({ items }) => this.rows(items), empty('No stock yet', 'It arrives with the first connected shop.'), this.refresh)}</section>`;
  }

  rows = (items) => table([
    { title: 'Product', cell: (s) => html`<b>${s.title ?? s.sku}</b><small class="reason mono">${s.sku}</small>` },
    { title: 'Share', cell: (s) => this.share(s) },
    { title: 'On hand', numeric: true, cell: (s) => count(s.onHand) },
    { title: 'Held', numeric: true, cell: (s) => count(s.held) },
    { title: 'Sold', numeric: true, cell: (s) => count(s.sold) },
    { title: 'Allocated', numeric: true, cell: (s) => (s.allocations?.length ? s.allocations.map((a) => html`<span class="alloc">${channelName(a.channel)} <b>${count(a.units)}</b></span>`) : '–') },
    { title: 'Available', numeric: true, cell: (s) => html`<b class=${s.available <= 0 ? 'bad' : ''}>${count(s.available)}</b>${s.preOrder ? html`<small class="reason">${count(s.preOrder)} to pre-order</small>` : nothing}` },
  ], items, { label: 'Stock', testid: 'stock-table' });

  share(s) {
    const allocated = (s.allocations ?? []).reduce((n, a) => n + a.units, 0);
    const all = Math.max(1, s.sold + s.held + allocated + Math.max(0, s.available));
    const part = (n, kind) => (n > 0 ? html`<i class=${kind} style="width:${(100 * n) / all}%"></i>` : nothing);
    return html`<span class="share" role="img" aria-label="${s.sold} sold, ${s.held} held, ${allocated} allocated, ${s.available} available">${part(s.sold, 'seg-sold')}${part(s.held, 'seg-held')}${part(allocated, 'seg-alloc')}${part(s.available, 'seg-free')}</span>`;
  }
}
customElements.define('weir-stock', WeirStock);
