// Was a unit ever promised twice? What all movements add up to, since when it has held, and every SKU to look into.
import { html, nothing, polling } from '../core/element.js';
import { ago, count, when } from '../core/format.js';
import { get, post, withQuery } from '../core/api.js';
import { empty, load, loaded, stateChip, table } from '../ui/parts.js';
import { failed } from '../ui/toast.js';
import './weir-history.js';

const EVERY_MS = 3000;

export class WeirProof extends polling(EVERY_MS) {
  static properties = { proof: { state: true }, sku: {}, more: { state: true } };

  constructor() {
    super();
    this.more = [];
  }

  refresh = () => load(this, 'proof', get('/api/proof?limit=100'));

  async next(cursor) {
    try {
      const page = await get(withQuery('/api/proof', { after: cursor, limit: 100 }));
      this.more = [...this.more, page];
    } catch (failure) {
      failed(failure);
    }
  }

  async again() {
    try {
      await post('/api/proof');
      await this.refresh();
    } catch (failure) {
      failed(failure);
    }
  }

  render() {
    return html`<section class="stack">
      ${loaded(this.proof, (proof) => html`${this.verdict(proof.summary)}<div class="card"><div class="card-head"><h2>By product</h2></div>${this.rows(proof)}</div>`,
        html`<div class="card">${empty('Nothing to prove yet', 'The first unit of stock begins the record: it arrives with the first connected shop.')}</div>`, this.refresh)}
      ${this.sku ? html`<weir-history .sku=${this.sku} @weir-close=${() => { this.sku = null; }}></weir-history>` : nothing}</section>`;
  }

  verdict(s) {
    const behind = s.versions - s.provenVersions;
    const isBroken = s.proven > s.holding;
    const words = isBroken ? `${count(s.proven - s.holding)} of ${count(s.skus)} products do not add up` : s.since ? `Held since ${when(s.since)}` : 'Adding up…';
    return html`<div class="card verdict ${isBroken ? 'verdict-bad' : ''}" data-testid="proof-verdict">
      <div class="card-head"><h2>${words}</h2><button class="button small" data-testid="prove-again" @click=${() => this.again()}>Prove again from the first movement</button></div>
      <p>After every change of every product, held + sold + allocated was at most what was on hand or might be pre-ordered: recomputed from ${count(s.movements)} movements, each with its cause, and compared with the counters that sell.</p>
      <progress max=${Math.max(1, s.versions)} value=${s.provenVersions} aria-label="Changes added up"></progress>
      <dl class="facts"><div><dt>Changes added up</dt><dd>${count(s.provenVersions)} of ${count(s.versions)}${behind ? html` <small class="muted">${count(behind)} to go</small>` : nothing}</dd></div>
        <div><dt>Products holding</dt><dd>${count(s.holding)} of ${count(s.skus)}</dd></div>
        <div><dt>Breaks found</dt><dd class=${s.breaches ? 'bad' : ''}>${count(s.breaches)}</dd></div>
        <div><dt>Compared</dt><dd>${s.provedAt ? ago(s.provedAt) : 'not all yet'}</dd></div></dl></div>`;
  }

  rows({ items, nextCursor }) {
    const all = [...items, ...this.more.flatMap((page) => page.items)];
    const cursor = this.more.length ? this.more.at(-1).nextCursor : nextCursor;
    return html`${table([
      { title: 'Product', cell: (p) => html`<b class="mono">${p.sku}</b>${p.breach ? html`<small class="reason bad">${p.breach}</small>` : nothing}` },
      { title: 'Promise', cell: (p) => this.state(p) },
      { title: 'Since', cell: (p) => when(p.since) },
      { title: 'Movements', numeric: true, cell: (p) => count(p.movements) },
      { title: 'Fewest ever free', numeric: true, cell: (p) => count(p.tightest) },
      { title: '', cell: (p) => html`<button class="button small" data-testid="look-${p.sku}" @click=${() => { this.sku = p.sku; }}>Look inside</button>` },
    ], all, { label: 'Proof by product', testid: 'proof-table' })}${cursor ? html`<button class="button more" @click=${() => this.next(cursor)}>More</button>` : nothing}`;
  }

  state(p) {
    if (p.since) return stateChip(p.breaches ? 'holds again' : 'holds', p.breaches ? 'warn' : 'good');
    return p.breach ? stateChip('broken', 'bad') : stateChip(p.movements || p.behind ? 'adding up' : 'no movement', 'idle');
  }
}
customElements.define('weir-proof', WeirProof);
