// The ops page: is it healthy, what came in, what waits and why, how much room each connection has and what waits for it, which routes are in trouble, what shops show otherwise, how fields are mapped, and who did what.
import { html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { channelName, count } from '../core/format.js';
import { get } from '../core/api.js';
import { StaffPage } from '../ui/shell.js';
import { empty, load, loaded, stateChip, table } from '../ui/parts.js';
import { isInTrouble } from './route-words.js';
import { stakeWords } from './stake-words.js';
import './weir-aside.js';
import './weir-audit.js';
import './weir-drift.js';
import './weir-maps.js';
import './weir-routes.js';
import './weir-webhooks.js';

const EVERY_MS = 5000;
const PARTS = { db: 'database', diskSpace: 'disk', gate: 'stock gate', livenessState: 'process', readinessState: 'ready for calls', ssl: 'certificates' };
const TABS = [['now', 'Now'], ['parked', 'Parked'], ['dead', 'Dead letters'], ['routes', 'Routes'], ['drift', 'Drift'], ['maps', 'Field maps'], ['audit', 'Audit']];

export class WeirOps extends StaffPage {
  static properties = { routes: { state: true }, connections: { state: true }, health: { state: true }, aside: { state: true }, tab: { state: true }, about: { state: true }, delivery: { state: true } };

  constructor() {
    super();
    this.heading = 'Ops';
    this.audience = 'the people who keep it running';
    this.onHash = () => this.fromHash();
    this.fromHash();
  }

  /** #now/ID of a delivery; #routes, or #routes/ID; #maps, or #maps/CHANNEL/NAME for one of them, with ?delivery=ID as its payload. */
  fromHash() {
    const [path, query] = location.hash.slice(1).split('?');
    const [tab, ...about] = path.split('/');
    this.delivery = new URLSearchParams(query).get('delivery') ?? '';
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
    this.timer = setInterval(() => document.hidden || (this.tab === 'now' ? this.refresh() : this.countAside()), EVERY_MS);
  }

  leave() {
    clearInterval(this.timer);
  }

  refresh() {
    this.countAside();
    load(this, 'health', this.askHealth());
    load(this, 'routes', get('/api/routes'));
    load(this, 'connections', this.askConnections());
  }

  /** A hub that does not answer is told of elsewhere: then no count is shown. */
  countAside = () => load(this, 'aside', get('/api/webhooks/aside'));

  /** How many wait, beside the name of their board; in red where somebody has to look. */
  waiting(board) {
    const counts = this.aside?.value;
    const isBad = board === 'dead' || counts?.parkedAlarm;
    return counts?.[board] ? html` <span class="chip chip-${isBad ? 'bad' : 'warn'}" data-testid="count-${board}">${count(counts[board])}</span>` : nothing;
  }

  /** Those that were called, or that something waits for, with the budgets that each is called through. */
  askConnections = async () => {
    const { items, stakes } = await get('/api/budgets');
    return stakes.map((s) => ({ ...s, lanes: items.filter((b) => b.connectionId === s.connectionId) })).filter((s) => s.lanes.length || stakeWords(s).length);
  };

  // An unhealthy hub answers 503 with the same body: that is news, not a failure to load.
  askHealth = () => get('/actuator/health', { optional: true }).catch((p) => (p.body?.status && typeof p.body.status === 'string' ? p.body : Promise.reject(p)));

  page() {
    return html`<div class="page-head"><h1>Ops</h1>${this.tab === 'now' ? html`<button class="button" @click=${() => this.refresh()}>${icon('refresh')} Refresh</button>` : nothing}</div>
      <nav class="tabs" aria-label="Sections">${TABS.map(([id, name]) => html`<a href="#${id}" aria-current=${id === this.tab ? 'true' : nothing} data-testid="tab-${id}">${name}${this.waiting(id)}</a>`)}</nav>
      ${this.section()}`;
  }

  section() {
    switch (this.tab) {
      case 'parked':
      case 'dead': return html`<weir-aside .board=${this.tab} @weir-moved=${() => this.countAside()}></weir-aside>`;
      case 'maps': return html`<weir-maps .about=${this.about} .delivery=${this.delivery}></weir-maps>`;
      case 'routes': return html`<weir-routes .about=${this.about}></weir-routes>`;
      case 'drift': return html`<weir-drift></weir-drift>`;
      case 'audit': return html`<weir-audit linked></weir-audit>`;
      default: return this.now();
    }
  }

  now() {
    return html`
      <section class="card" aria-labelledby="health-title"><div class="card-head"><h2 id="health-title">Health</h2>${this.health?.value ? stateChip(this.health.value.status) : nothing}</div>
        ${loaded(this.health, (h) => this.parts(h), nothing, () => this.refresh())}</section>
      <weir-webhooks .about=${this.about}></weir-webhooks>
      <div class="two"><section class="card" aria-labelledby="budgets-title"><div class="card-head"><h2 id="budgets-title">Connections</h2></div>
        ${loaded(this.connections, (c) => this.connectionList(c), empty('Nothing was called yet', 'Each connection appears with its first call: what it may still spend, and what waits for it.'), () => this.refresh())}</section>
      <section class="card" aria-labelledby="routes-title"><div class="card-head"><h2 id="routes-title">Routes in trouble</h2><a href="#routes">All routes</a></div>
        ${loaded(this.routes, (r) => this.troubles(r.items), empty('No routes', 'The hub has not started any.'), () => this.refresh())}</section></div>`;
  }

  parts = (h) => html`<ul class="health">${Object.entries(h.components ?? {}).filter(([name]) => name !== 'ping').map(([name, c]) => html`<li>${stateChip(c.status)} ${PARTS[name] ?? name}</li>`)}
    ${h.components ? nothing : html`<li class="muted small-text">The parts are shown to keys that may see them.</li>`}</ul>`;

  /** Those that failed or do not run; the rest is on the routes' own page. */
  troubles(items) {
    const troubled = items.filter(isInTrouble);
    return troubled.length ? this.routeTable(troubled) : html`<p class="muted" data-testid="no-trouble">All ${count(items.length)} run, and none failed since this hub started.</p>`;
  }

  routeTable = (items) => table([
    { title: 'Route', cell: (r) => html`<b>${r.id}</b><small class="reason">${r.description}</small>${r.lastError ? html`<small class="reason bad">${r.lastError}</small>` : nothing}` },
    { title: 'State', cell: (r) => stateChip(String(r.state).toUpperCase()) },
    { title: 'Done', numeric: true, cell: (r) => count(r.exchangesTotal) },
    { title: 'Failed', numeric: true, cell: (r) => (r.exchangesFailed ? html`<b class="bad">${count(r.exchangesFailed)}</b>` : '0') },
  ], items, { label: 'Routes', testid: 'routes' });

  connectionList = (connections) => html`<ul class="budgets" data-testid="connections">${connections.map((c) => html`<li><div><b>${c.name}</b></div>${c.lanes.map((b) => this.lane(b, c))}${this.stake(c)}</li>`)}</ul>`;

  lane = (b, c) => html`<div><small class="muted">${b.bucket ? html`<span class="mono">${b.bucket}</span>` : channelName(b.channel)}</small> ${stateChip(b.breaker === 'CLOSED' ? 'breaker closed' : b.breaker === 'OPEN' ? 'breaker open' : 'breaker testing', b.breaker === 'CLOSED' ? 'good' : b.breaker === 'OPEN' ? 'bad' : 'warn')}</div>
    <meter min="0" max=${b.limit} low=${b.limit * 0.2} value=${b.remaining} aria-label="${c.name}: ${b.remaining} of ${b.limit} left"></meter><small class="muted">${this.budgetWords(b)}</small>`;

  /** What it costs that a connection is slow or away; while all is well, little waits and nothing is coloured. */
  stake(c) {
    const words = stakeWords(c);
    const isAway = c.lanes.some((b) => b.breaker === 'OPEN' || b.closedForMillis);
    return html`<ul class="stake">${words.length ? words.map((w) => html`<li class=${isAway ? 'bad' : 'muted'}>${w}</li>`) : html`<li class="muted">nothing waits for it</li>`}</ul>`;
  }

  budgetWords = (b) => [`${count(b.remaining)} of ${count(b.limit)} left`,
    b.closedForMillis ? `closed by the platform for ${count(Math.ceil(b.closedForMillis / 1000))} s` : '',
    b.waiting ? `${count(b.waiting)} waiting` : '',
    b.shared === false ? 'counted by this hub alone' : ''].filter(Boolean).join(' · ');
}
customElements.define('weir-ops', WeirOps);
