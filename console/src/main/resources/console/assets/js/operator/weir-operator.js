// The operator's page: shows, connected shops, stock, shortfalls, orders and the proof, one section at a time.
import { html, nothing } from '../core/element.js';
import { count } from '../core/format.js';
import { get } from '../core/api.js';
import { StaffPage } from '../ui/shell.js';
import './weir-shows.js';
import './weir-connections.js';
import './weir-stock.js';
import './weir-orders.js';
import './weir-shortfalls.js';
import './weir-proof.js';
import './weir-conversions.js';
import './weir-rehearsal.js';
import './weir-systems.js';
import '../ops/weir-audit.js';

const CASES_EVERY_MS = 15_000;
const MOST_CASES = 50;
const TABS = [['shows', 'Shows'], ['connections', 'Shops and channels'], ['stock', 'Stock'], ['shortfalls', 'Shortfalls'], ['orders', 'Orders'], ['proof', 'Proof'], ['systems', 'Your systems'], ['audit', 'Audit']];
const REHEARSAL = ['rehearsal', 'Rehearsal'];

export class WeirOperator extends StaffPage {
  static properties = { tab: { state: true }, about: { state: true }, cases: { state: true }, needing: { state: true }, silent: { state: true }, sandbox: { state: true } };

  constructor() {
    super();
    this.heading = 'Operator';
    this.audience = 'operators of the brand';
    this.cases = 0;
    this.needing = 0;
    this.silent = 0;
    this.onHash = () => this.fromHash();
    this.fromHash();
  }

  /** #stock, or #stock/SKU for one thing of a section. */
  fromHash() {
    const [tab, about = ''] = location.hash.slice(1).split('/');
    this.tab = [...TABS, REHEARSAL].find(([id]) => id === tab)?.[0] ?? 'shows';
    try {
      this.about = decodeURIComponent(about);
    } catch {
      // Not an address that this page makes.
      this.about = '';
    }
  }

  enter() {
    this.countCases();
    this.findSandbox();
    this.counting = setInterval(() => document.hidden || this.countCases(), CASES_EVERY_MS);
  }

  leave() {
    clearInterval(this.counting);
  }

  /** There is something to rehearse only while the sandbox runs. */
  async findSandbox() {
    this.sandbox = Boolean(await get('/api/rehearsal', { optional: true }).catch(() => null));
  }

  async countCases() {
    const open = await get(`/api/shortfalls?limit=${MOST_CASES}`, { optional: true }).catch(() => null);
    this.cases = open?.items.length ?? this.cases;
    const shops = await get('/api/connections', { optional: true }).catch(() => null);
    this.needing = shops?.items.filter((c) => c.access?.needsYou).length ?? this.needing;
    const systems = await get('/api/webhook-endpoints', { optional: true }).catch(() => null);
    this.silent = systems?.items.filter((s) => s.needsYou).length ?? this.silent;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', this.onHash);
  }

  disconnectedCallback() {
    removeEventListener('hashchange', this.onHash);
    super.disconnectedCallback();
  }

  /** On a phone the sections are wider than the screen: the one that is open is to be seen, also after what came in made others wider. */
  updated(changed) {
    super.updated(changed);
    const tabs = this.querySelector('.tabs');
    const seen = `${this.tab} of ${tabs?.scrollWidth}`;
    if (!tabs || this.seen === seen) return;
    this.seen = seen;
    tabs.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }

  page() {
    return html`<div class="page-head"><h1>Operator</h1></div>
      <nav class="tabs" aria-label="Sections">${(this.sandbox ? [...TABS, REHEARSAL] : TABS).map(([id, name]) => html`<a href="#${id}" aria-current=${id === this.tab ? 'true' : nothing} data-testid="tab-${id}">${name}${id === 'shortfalls' && this.cases ? html` <b class="badge" data-testid="cases-open" aria-label="${this.cases} open">${this.cases >= MOST_CASES ? `${count(MOST_CASES)}+` : count(this.cases)}</b>` : nothing}${id === 'connections' && this.needing ? html` <b class="badge" data-testid="shops-needing" aria-label="${this.needing} need you">${count(this.needing)}</b>` : nothing}${id === 'systems' && this.silent ? html` <b class="badge" data-testid="systems-needing" aria-label="${this.silent} need you">${count(this.silent)}</b>` : nothing}</a>`)}</nav>${this.section()}`;
  }

  section() {
    switch (this.tab) {
      case 'connections': return html`<weir-connections .about=${this.about}></weir-connections>`;
      case 'stock': return html`<weir-stock .sku=${this.about}></weir-stock>`;
      case 'proof': return html`<weir-proof .sku=${this.about}></weir-proof>`;
      case 'shortfalls': return html`<weir-shortfalls @weir-cases=${(e) => { this.cases = e.detail; }}></weir-shortfalls>`;
      case 'systems': return html`<weir-systems @weir-systems=${(e) => { this.silent = e.detail; }}></weir-systems>`;
      case 'audit': return html`<weir-audit></weir-audit>`;
      case 'orders': return html`<weir-conversions></weir-conversions><weir-orders></weir-orders>`;
      case 'rehearsal': return this.sandbox ? html`<weir-rehearsal></weir-rehearsal>` : html`<p class="muted">There is no sandbox here.</p>`;
      default: return html`<weir-shows></weir-shows>`;
    }
  }
}
customElements.define('weir-operator', WeirOperator);
