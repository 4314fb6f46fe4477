// The ops page: is it healthy, what came in, what was parked and why, how much room the rate budgets have, which routes run, what shops show otherwise, and how fields are mapped.
import { html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { ago, channelName, count, when } from '../core/format.js';
import { get, post, withQuery } from '../core/api.js';
import { StaffPage } from '../ui/shell.js';
import { empty, load, loaded, stateChip, table } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import { pretty } from '../core/exact.js';
import './weir-drift.js';
import './weir-maps.js';
import './weir-routes.js';

const STATES = ['', 'RECEIVED', 'PROCESSED', 'PARKED', 'IGNORED'];
const EVERY_MS = 5000;
const TABS = [['now', 'Now'], ['routes', 'Routes'], ['drift', 'Drift'], ['maps', 'Field maps']];

export class WeirOps extends StaffPage {
  static properties = { webhooks: { state: true }, routes: { state: true }, budgets: { state: true }, health: { state: true }, filter: { state: true }, opened: { state: true }, tab: { state: true }, about: { state: true } };

  constructor() {
    super();
    this.heading = 'Ops';
    this.audience = 'the people who keep it running';
    this.filter = '';
    this.onHash = () => this.fromHash();
    this.fromHash();
  }

  /** #routes, or #routes/ID; #maps, or #maps/CHANNEL/NAME for one of them. */
  fromHash() {
    const [tab, ...about] = location.hash.slice(1).split('/');
    this.tab = TABS.find(([id]) => id === tab)?.[0] ?? 'now';
    this.about = about.join('/');
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', this.onHash);
  }

  disconnectedCallback() {
    removeEventListener('hashchange', this.onHash);
    super.disconnectedCallback();
  }

  enter() {
    this.refresh();
    clearInterval(this.timer);
    this.timer = setInterval(() => document.hidden || this.opened || this.tab !== 'now' || this.refresh(), EVERY_MS);
  }

  leave() {
    clearInterval(this.timer);
  }

  refresh() {
    load(this, 'health', this.askHealth());
    load(this, 'routes', get('/api/routes'));
    load(this, 'budgets', get('/api/budgets'));
    this.loadWebhooks();
  }

  // An unhealthy hub answers 503 with the same body: that is news, not a failure to load.
  askHealth = () => get('/actuator/health', { optional: true }).catch((p) => (p.body?.status && typeof p.body.status === 'string' ? p.body : Promise.reject(p)));

  loadWebhooks = () => load(this, 'webhooks', get(withQuery('/api/webhooks', { state: this.filter, limit: 50 })));

  async older() {
    try {
      const next = await get(withQuery('/api/webhooks', { state: this.filter, cursor: this.webhooks.value.nextCursor, limit: 50 }));
      clearInterval(this.timer);
      this.webhooks = { value: { ...next, items: [...this.webhooks.value.items, ...next.items] } };
    } catch (failure) {
      failed(failure);
    }
  }

  async open(id) {
    try {
      this.opened = await get(`/api/webhooks/${encodeURIComponent(id)}`);
      await this.updateComplete;
      this.querySelector('dialog').showModal();
    } catch (failure) {
      failed(failure);
    }
  }

  async replay(id) {
    try {
      await post(`/api/webhooks/${encodeURIComponent(id)}/replay`);
      toast('Replay accepted. The state below follows.');
      await this.loadWebhooks();
    } catch (failure) {
      failed(failure);
    }
  }

  page() {
    return html`<div class="page-head"><h1>Ops</h1>${this.tab === 'now' ? html`<button class="button" @click=${() => this.refresh()}>${icon('refresh')} Refresh</button>` : nothing}</div>
      <nav class="tabs" aria-label="Sections">${TABS.map(([id, name]) => html`<a href="#${id}" aria-current=${id === this.tab ? 'true' : nothing} data-testid="tab-${id}">${name}</a>`)}</nav>
      ${this.section()}`;
  }

  section() {
    switch (this.tab) {
      case 'maps': return html`<weir-maps .about=${this.about}></weir-maps>`;
      case 'routes': return html`<weir-routes .about=${this.about}></weir-routes>`;
      case 'drift': return html`<weir-drift></weir-drift>`;
      default: return this.now();
    }
  }

  now() {
    return html`
      <section class="card" aria-labelledby="health-title"><div class="card-head"><h2 id="health-title">Health</h2>${this.health?.value ? stateChip(this.health.value.status) : nothing}</div>
        ${loaded(this.health, (h) => this.parts(h), nothing, () => this.refresh())}</section>
      <section class="card" aria-labelledby="hooks-title"><div class="card-head"><h2 id="hooks-title">Webhooks</h2>
          <div class="segments" role="group" aria-label="State">${STATES.map((s) => html`<button aria-pressed=${String(this.filter === s)} @click=${() => { this.filter = s; this.webhooks = null; this.loadWebhooks(); }}>${s ? s.toLowerCase() : 'all'}</button>`)}</div></div>
        ${loaded(this.webhooks, (w) => this.hooks(w), empty('No webhooks', this.filter ? 'None in this state.' : 'Nothing has been delivered yet.'), () => this.loadWebhooks())}</section>
      <div class="two"><section class="card" aria-labelledby="routes-title"><div class="card-head"><h2 id="routes-title">Routes</h2></div>
        ${loaded(this.routes, (r) => this.routeTable(r.items), empty('No routes', 'The hub has not started any.'), () => this.refresh())}</section>
      <section class="card" aria-labelledby="budgets-title"><div class="card-head"><h2 id="budgets-title">Rate budgets</h2></div>
        ${loaded(this.budgets, (b) => this.budgetList(b.items), empty('No budgets', 'They appear with the first connection.'), () => this.refresh())}</section></div>
      ${this.dialog()}`;
  }

  parts = (h) => html`<ul class="health">${Object.entries(h.components ?? {}).map(([name, c]) => html`<li>${stateChip(c.status)} ${name}</li>`)}
    ${h.components ? nothing : html`<li class="muted small-text">The parts are shown to keys that may see them.</li>`}</ul>`;

  hooks({ items, nextCursor }) {
    return html`${table([
      { title: 'Received', cell: (w) => html`<span title=${when(w.receivedAt)}>${ago(w.receivedAt)}</span>` },
      { title: 'Channel', cell: (w) => channelName(w.channel) },
      { title: 'Topic', cell: (w) => html`<button class="link mono" @click=${() => this.open(w.id)}>${w.topic}</button>` },
      { title: 'State', cell: (w) => html`${stateChip(w.state)}${w.reason ? html`<small class="reason">${w.reason}</small>` : nothing}` },
      { title: 'Attempts', numeric: true, cell: (w) => count(w.attempts) },
      { title: '', cell: (w) => (w.state === 'PARKED' || w.state === 'PROCESSED' ? html`<button class="button small" data-testid="replay-${w.id}" @click=${() => this.replay(w.id)}>Replay</button>` : nothing) },
    ], items, { label: 'Webhooks', testid: 'webhooks' })}${nextCursor ? html`<button class="button more" @click=${() => this.older()}>Older</button>` : nothing}`;
  }

  routeTable = (items) => table([
    { title: 'Route', cell: (r) => html`<b>${r.id}</b><small class="reason">${r.description}</small>${r.lastError ? html`<small class="reason bad">${r.lastError}</small>` : nothing}` },
    { title: 'State', cell: (r) => stateChip(String(r.state).toUpperCase()) },
    { title: 'Done', numeric: true, cell: (r) => count(r.exchangesTotal) },
    { title: 'Failed', numeric: true, cell: (r) => (r.exchangesFailed ? html`<b class="bad">${count(r.exchangesFailed)}</b>` : '0') },
  ], items, { label: 'Routes', testid: 'routes' });

  budgetList = (items) => html`<ul class="budgets">${items.map((b) => html`<li><div><b>${channelName(b.channel)}</b>${b.bucket ? html` <small class="muted mono">${b.bucket}</small>` : nothing} ${stateChip(b.breaker === 'CLOSED' ? 'breaker closed' : b.breaker === 'OPEN' ? 'breaker open' : 'breaker testing', b.breaker === 'CLOSED' ? 'good' : b.breaker === 'OPEN' ? 'bad' : 'warn')}</div>
    <meter min="0" max=${b.limit} low=${b.limit * 0.2} value=${b.remaining} aria-label="${b.channel}: ${b.remaining} of ${b.limit} left"></meter><small class="muted">${this.budgetWords(b)}</small></li>`)}</ul>`;

  budgetWords = (b) => [`${count(b.remaining)} of ${count(b.limit)} left`,
    b.closedForMillis ? `closed by the platform for ${count(Math.ceil(b.closedForMillis / 1000))} s` : '',
    b.waiting ? `${count(b.waiting)} waiting` : '',
    b.shared === false ? 'counted by this hub alone' : ''].filter(Boolean).join(' · ');

  dialog() {
    const w = this.opened;
    if (!w) return nothing;
    return html`<dialog class="sheet-dialog" @close=${() => { this.opened = null; }}><div class="card-head"><h2 class="mono">${w.topic}</h2><button class="icon-button" aria-label="Close" @click=${(e) => e.target.closest('dialog').close()}>${icon('close')}</button></div>
      <dl class="facts"><div><dt>State</dt><dd>${stateChip(w.state)}</dd></div><div><dt>Received</dt><dd>${when(w.receivedAt)}</dd></div><div><dt>Processed</dt><dd>${when(w.processedAt)}</dd></div><div><dt>Delivery</dt><dd class="mono">${w.deliveryId}</dd></div></dl>
      ${w.reason ? html`<p class="notice">${w.reason}</p>` : nothing}<pre tabindex="0">${pretty(w.body)}</pre>
      <button class="button primary" @click=${(e) => { e.target.closest('dialog').close(); this.replay(w.id); }}>Replay</button></dialog>`;
  }
}
customElements.define('weir-ops', WeirOps);
