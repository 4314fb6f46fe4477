// The life of a product's units: a picture of who had how many after each movement, and the movements with their causes.
import { WeirElement, html, nothing, svg } from '../core/element.js';
import { channelName, count, when } from '../core/format.js';
import { get, withQuery } from '../core/api.js';
import { empty, load, loaded, table } from '../ui/parts.js';
import { failed } from '../ui/toast.js';
import './weir-hold-life.js';

const WIDTH = 720;
const HEIGHT = 150;
const PAGE = 200;
const LAYERS = [['sold', 'seg-sold'], ['held', 'seg-held'], ['allocated', 'seg-alloc']];
// What may be promised: what is there, and what may be sold before it is.
const supply = (units) => units.onHand + (units.preOrder ?? 0);
const KINDS = { ON_HAND: 'counted', HOLD: 'held', RELEASE: 'given back', EXPIRE: 'ran out', COMMIT: 'sold from a hold', SELL: 'sold on a channel', RESTOCK: 'put back on sale', ALLOCATE: 'allocated', WAITLIST: 'line moved', RULES: 'rules changed', PRE_ORDER: 'pre-order changed' };

/** `sku` is whose; tells `weir-close` when it is no longer wanted. */
export class WeirHistory extends WeirElement {
  static properties = { sku: {}, history: { state: true }, hold: { state: true }, looked: { state: true } };

  updated(changed) {
    if (!changed.has('sku')) return;
    this.history = null;
    this.hold = null;
    load(this, 'history', get(this.path())).then(() => this.scrollIntoView({ block: 'nearest' }));
  }

  path = (cursor) => withQuery(`/api/stock/${encodeURIComponent(this.sku)}/history`, { cursor, limit: PAGE });

  async older() {
    try {
      const page = await get(this.path(this.history.value.nextCursor));
      this.history = { value: { ...page, items: [...this.history.value.items, ...page.items] } };
    } catch (failure) {
      failed(failure);
    }
  }

  render() {
    return html`<section class="card" data-testid="history"><div class="card-head"><h2>Inside <span class="mono">${this.sku}</span></h2>
      <p class="legend"><span class="seg-sold">sold</span><span class="seg-held">held</span><span class="seg-alloc">allocated</span><span class="seg-free">free</span></p>
      <button class="button small" @click=${() => this.tell('weir-close')}>Close</button></div>
      ${loaded(this.history, (h) => html`${this.picture(h.items)}${this.hold ? html`<weir-hold-life .hold=${this.hold}></weir-hold-life>` : nothing}${this.rows(h)}`, empty('Nothing has moved', 'The first movement of this product begins its history.'))}</section>`;
  }

  picture(items) {
    const steps = items.map((m) => m.after).reverse();
    const most = Math.max(1, ...steps.map(supply));
    const shown = items[this.looked === undefined ? 0 : items.length - 1 - this.looked];
    return html`<figure class="life"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${this.words(shown)}" @pointermove=${(e) => this.look(e, steps.length)} @pointerleave=${() => { this.looked = undefined; }}>
      ${this.area(steps.map(() => 0), steps.map(supply), 'seg-free', most)}
      ${LAYERS.map(([name, kind], i) => this.area(steps.map((u) => LAYERS.slice(0, i).reduce((n, [below]) => n + u[below], 0)), steps.map((u) => u[name]), kind, most))}
      ${this.looked === undefined ? nothing : svg`<line class="spark-at" x1=${this.x(this.looked, steps.length)} x2=${this.x(this.looked, steps.length)} y1="0" y2=${HEIGHT} vector-effect="non-scaling-stroke"></line>`}
      </svg><figcaption class="small-text"><span>${when(items.at(-1).at)}</span><b>${this.words(shown)}</b><span>${when(items[0].at)}</span></figcaption></figure>`;
  }

  words = (m) => `${when(m.at)}: ${KINDS[m.kind] ?? m.kind.toLowerCase()}; ${m.after.sold} sold, ${m.after.held} held, ${m.after.allocated} allocated of ${m.after.onHand}${m.after.preOrder ? ` and ${m.after.preOrder} to be pre-ordered` : ''}`;

  x = (i, n) => (((i + 0.5) * WIDTH) / n).toFixed(1);

  /** Each movement has the same width: minutes in which nothing moves would hide the seconds in which all is sold. */
  area(floors, heights, kind, most) {
    const width = WIDTH / heights.length;
    const y = (units) => (HEIGHT - (units * HEIGHT) / most).toFixed(1);
    const upper = heights.map((h, i) => `${(i * width).toFixed(1)},${y(floors[i] + h)} ${((i + 1) * width).toFixed(1)},${y(floors[i] + h)}`);
    const lower = heights.map((_, i) => `${((i + 1) * width).toFixed(1)},${y(floors[i])} ${(i * width).toFixed(1)},${y(floors[i])}`).reverse();
    return svg`<polygon class="life-area ${kind}" points="${upper.join(' ')} ${lower.join(' ')}"></polygon>`;
  }

  look(event, n) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    this.looked = Math.max(0, Math.min(n - 1, Math.floor(((event.clientX - left) / width) * n)));
  }

  rows({ items, nextCursor }) {
    return html`${table([
      { title: 'When', cell: (m) => when(m.at) },
      { title: 'What', cell: (m) => KINDS[m.kind] ?? m.kind.toLowerCase() },
      { title: 'Change', numeric: true, cell: (m) => this.change(m.by) },
      { title: 'Free after', numeric: true, cell: (m) => count(supply(m.after) - m.after.held - m.after.sold - m.after.allocated) },
      { title: 'Because of', cell: (m) => html`<span class="mono">${m.cause}</span>${m.channel ? html`<small class="reason">${channelName(m.channel)}</small>` : nothing}` },
      { title: '', cell: (m) => (m.holdId ? html`<button class="button small" @click=${() => { this.hold = m.holdId; }}>Its hold</button>` : nothing) },
    ], items, { label: 'Movements', testid: 'history-table' })}${nextCursor ? html`<button class="button more" @click=${() => this.older()}>Older</button>` : nothing}`;
  }

  change(by) {
    const names = { onHand: 'on hand', held: 'held', sold: 'sold', allocated: 'allocated', preOrder: 'to be pre-ordered' };
    return Object.entries(names).filter(([key]) => by[key]).map(([key, name]) => html`<div>${by[key] > 0 ? '+' : '−'}${count(Math.abs(by[key]))} ${name}</div>`);
  }
}
customElements.define('weir-history', WeirHistory);
