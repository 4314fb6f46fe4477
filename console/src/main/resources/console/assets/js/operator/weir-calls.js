// What this hub asked of one shop: its last calls, what they cost, how long they waited and took, and how they ended.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { count, when } from '../core/format.js';
import { get, withQuery } from '../core/api.js';
import { empty, load, loaded, stateChip, table } from '../ui/parts.js';

const LANES = ['', 'HOLD', 'ORDER', 'STOCK', 'CATALOGUE'];
const ENDS = [['', 'all'], ['OK', 'went well'], ['FAILED', 'failed']];
const MOST = 200;

/** `connection` is whose; tells `weir-close` when it is no longer wanted. */
export class WeirCalls extends WeirElement {
  static properties = { connection: {}, calls: { state: true }, lane: { state: true }, outcome: { state: true } };

  constructor() {
    super();
    this.lane = '';
    this.outcome = '';
  }

  updated(changed) {
    if (!changed.has('connection')) return;
    this.calls = null;
    this.refresh().then(() => this.scrollIntoView({ block: 'nearest' }));
  }

  refresh = () => load(this, 'calls', get(withQuery(`/api/connections/${encodeURIComponent(this.connection.id)}/calls`, { lane: this.lane, outcome: this.outcome, limit: MOST })));

  choose(name, value) {
    this[name] = value;
    this.calls = null;
    this.refresh();
  }

  render() {
    const isFiltered = this.lane || this.outcome;
    return html`<section class="card" data-testid="calls"><div class="card-head"><h2>Calls to ${this.connection.name}</h2>
      <div class="actions"><button class="button small" @click=${this.refresh}>${icon('refresh')} Refresh</button><button class="button small" @click=${() => this.tell('weir-close')}>Close</button></div></div>
      <div class="filters"><div class="segments" role="group" aria-label="How it ended">${ENDS.map(([value, words]) => html`<button aria-pressed=${String(this.outcome === value)} @click=${() => this.choose('outcome', value)}>${words}</button>`)}</div>
        <div class="segments" role="group" aria-label="Lane">${LANES.map((l) => html`<button aria-pressed=${String(this.lane === l)} @click=${() => this.choose('lane', l)}>${l ? l.toLowerCase() : 'every lane'}</button>`)}</div></div>
      ${loaded(this.calls, ({ items }) => this.rows(items), empty('No calls', isFiltered ? 'None like that among the last 1,000.' : 'This hub has not called the shop since it started.'), this.refresh)}</section>`;
  }

  rows(items) {
    return html`${table([
      { title: 'When', cell: (c) => when(c.at) },
      { title: 'What', cell: (c) => html`<span class="mono">${c.operation}</span><small class="reason">${c.lane.toLowerCase()}${c.budget ? `, ${c.budget}` : ''}</small>` },
      { title: 'Cost', numeric: true, cell: (c) => this.cost(c) },
      { title: 'Waited', numeric: true, cell: (c) => this.length(c.waitedMillis) },
      { title: 'Took', numeric: true, cell: (c) => this.length(c.tookMillis) },
      { title: 'Tries', numeric: true, cell: (c) => count(c.tries) },
      { title: 'End', cell: (c) => html`${stateChip(c.outcome, c.outcome === 'OK' ? 'good' : 'bad')}${c.status ? html`<small class="reason">HTTP ${c.status}</small>` : nothing}` },
    ], items, { label: 'Calls', testid: 'calls-table' })}${items.length === MOST ? html`<p class="muted small-text">The newest ${count(MOST)}; this hub keeps the last 1,000 of a shop.</p>` : nothing}`;
  }

  cost = (c) => html`${count(c.charged)}${c.charged === c.expected ? nothing : html`<small class="reason">${count(c.expected)} expected</small>`}`;

  length = (millis) => (millis < 1000 ? `${count(millis)} ms` : `${count(Math.round(millis / 100) / 10)} s`);
}
customElements.define('weir-calls', WeirCalls);
