// One stock level across every shop: who has which units, found by name, and each product's channels and rules inside.
import { html, nothing, polling } from '../core/element.js';
import { channelName, count } from '../core/format.js';
import { get, withQuery } from '../core/api.js';
import { empty, load, loaded } from '../ui/parts.js';
import './weir-stock-sku.js';

const EVERY_MS = 3000;
const PAGE = 25;
const SETTLE_MS = 250;

/** `sku` is the product that is open, or nothing. */
export class WeirStock extends polling(EVERY_MS) {
  static properties = { sku: {}, stock: { state: true }, open: { state: true } };

  constructor() {
    super();
    this.words = '';
    this.starts = [''];
  }

  willUpdate(changed) {
    if (changed.has('sku')) this.open = this.sku;
  }

  get after() {
    return this.starts.at(-1);
  }

  async refresh() {
    const { after, words } = this;
    const slot = {};
    await load(slot, 'stock', this.read(words, after));
    // An answer to what is no longer asked for comes too late.
    if (after === this.after && words === this.words) this.stock = slot.stock;
  }

  async read(find, after) {
    const page = await get(withQuery('/api/stock', { find, after, limit: PAGE }));
    if (!this.open || page.items.some((s) => s.sku === this.open)) return page;
    // What is open stays in sight, also when the page that it is on is another.
    const own = await get(`/api/stock/${encodeURIComponent(this.open)}`, { optional: true }).catch(() => null);
    return own ? { ...page, items: [own, ...page.items] } : page;
  }

  disconnectedCallback() {
    clearTimeout(this.typing);
    super.disconnectedCallback();
  }

  find(words) {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.words = words.trim();
      this.turn(['']);
    }, SETTLE_MS);
  }

  turn(starts) {
    this.starts = starts;
    this.stock = null;
    this.open = null;
    this.refresh();
  }

  render() {
    return html`<section class="card"><div class="card-head"><h2>Stock and channels</h2><p class="legend"><span class="seg-sold">sold</span><span class="seg-held">held</span><span class="seg-alloc">allocated</span><span class="seg-free">available</span></p>
      <label class="search">Find a product<input type="search" maxlength="100" placeholder="Name or SKU" autocomplete="off" data-testid="stock-find" @input=${(e) => this.find(e.target.value)}></label></div>
      ${loaded(this.stock, (page) => this.page(page), this.none(), () => this.refresh())}</section>`;
  }

  none = () => (this.words
    ? empty(`Nothing is called “${this.words}”`, 'Search by a part of the name or of the SKU.')
    : empty('No stock yet', 'It arrives with the first connected shop.', html`<a class="button" href="#connections">Connect a shop</a>`));

  page({ items, nextCursor }) {
    return html`<ul class="stock-list" data-testid="stock-table">${items.map((s) => this.product(s))}</ul>
      ${nextCursor || this.starts.length > 1 ? html`<nav class="actions" aria-label="Pages of stock"><button class="button small" ?disabled=${this.starts.length === 1} @click=${() => this.turn(this.starts.slice(0, -1))}>Back</button>
        <button class="button small" data-testid="stock-next" ?disabled=${!nextCursor} @click=${() => this.turn([...this.starts, nextCursor])}>Next ${PAGE}</button></nav>` : nothing}`;
  }

  product(s) {
    const isOpen = this.open === s.sku;
    return html`<li class="stock-item ${isOpen ? 'stock-open' : ''}" data-testid="stock-${s.sku}"><button class="stock-row" aria-expanded=${String(isOpen)} data-testid="open-${s.sku}" @click=${() => { this.open = isOpen ? null : s.sku; }}>
      <span class="stock-name"><b>${s.title ?? s.sku}</b><small class="reason mono">${s.sku}</small></span>${shareOf(s)}
      <span class="stock-free"><b class=${s.available <= 0 ? 'bad' : ''}>${count(s.available)}</b> <small class="muted">available${s.preOrder ? `, ${count(s.preOrder)} of them to pre-order` : ''}</small></span></button>
      ${isOpen ? html`<weir-stock-sku .level=${s} @weir-moved=${() => this.refresh()}></weir-stock-sku>` : nothing}</li>`;
  }
}
customElements.define('weir-stock', WeirStock);

/** The units as a bar: each part is as long as it is large, each channel's own a part of its own. */
function shareOf(s) {
  const own = (s.allocations ?? []).map((a) => [a.units, 'seg-alloc', channelName(a.channel)]);
  const parts = [[s.sold, 'seg-sold', 'sold'], [s.held, 'seg-held', 'held'], ...own, [Math.max(0, s.available), 'seg-free', 'available']].filter(([n]) => n > 0);
  const all = Math.max(1, parts.reduce((sum, [n]) => sum + n, 0));
  const words = `${count(s.onHand)} on hand: ${parts.map(([n, , name]) => `${count(n)} ${name}`).join(', ') || 'none'}`;
  return html`<span class="stock-bar"><span class="share share-wide" role="img" aria-label=${words}>${parts.map(([n, kind, name]) => html`<i class=${kind} style="width:${(100 * n) / all}%" title="${count(n)} ${name}"></i>`)}</span><small class="muted">${words}</small></span>`;
}
