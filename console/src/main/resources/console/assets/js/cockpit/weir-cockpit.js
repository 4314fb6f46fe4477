// The producer's page: what sells, what is pinned, what it costs, what is said, and how the stream does.
import { html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { compact, count, money, when } from '../core/format.js';
import { del, get, post } from '../core/api.js';
import { StaffPage } from '../ui/shell.js';
import { empty, problemNote, skeleton, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import { ShowState } from '../player/show-state.js';
import { NumbersFeed } from '../stream/numbers-feed.js';
import '../player/weir-chat.js';
import './weir-pin-board.js';
import './weir-show-side.js';
import './weir-comment-orders.js';

const SUMMARY_EVERY_MS = 5000;

export class WeirCockpit extends StaffPage {
  static properties = { summary: { state: true }, sales: { state: true }, shows: { state: true }, targets: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.heading = 'Cockpit';
    this.audience = 'hosts and producers';
    this.state = new ShowState(this, { onEvent: (name, data) => this.onShowEvent(name, data) });
    this.onKey = (event) => this.key(event);
    this.feed = new NumbersFeed(this, () => (this.signedIn ? this.state.show?.id : null));
    this.sales = [];
    this.targets = new Map();
  }

  async enter() {
    document.addEventListener('keydown', this.onKey);
    const id = new URLSearchParams(location.search).get('show');
    if (!id) return this.choose();
    await this.state.open(id, 'cockpit/events');
    if (!this.state.show) return undefined;
    document.title = `${this.state.show.title} · Cockpit`;
    clearInterval(this.timer);
    this.timer = setInterval(() => document.hidden || this.loadSummary(), SUMMARY_EVERY_MS);
    await Promise.all([this.loadSummary(), this.loadTargets()]);
    return undefined;
  }

  leave() {
    document.removeEventListener('keydown', this.onKey);
    clearInterval(this.timer);
    this.state.close();
  }

  async choose() {
    try {
      this.shows = (await get('/api/shows')).items;
    } catch (problem) {
      this.state.set({ problem });
    }
  }

  async loadSummary() {
    try {
      this.summary = await get(`${this.base}/summary`);
    } catch (failure) {
      // The figures also arrive as events; a missed answer is asked for again in five seconds.
      if (failure.status === 404) clearInterval(this.timer);
    }
  }

  async loadTargets() {
    try {
      const { items } = await get(`${this.base}/targets`, { optional: true });
      this.targets = new Map(items.map((t) => [t.id, t]));
    } catch {
      // A producer's key may not read targets; their events still come.
    }
  }

  get base() {
    return `/api/shows/${encodeURIComponent(this.state.show.id)}`;
  }

  onShowEvent(name, data) {
    if (name === 'gmv') this.summary = { ...this.summary, ...data };
    else if (name === 'sale') this.sales = [data, ...this.sales.filter((s) => s.orderId !== data.orderId || s.sku !== data.sku)].slice(0, 30);
    else if (name === 'target') this.targets = new Map(this.targets).set(data.id, { ...this.targets.get(data.id), ...data });
    else if (name === 'chat') this.querySelector('weir-chat')?.add(data);
    else if (name === 'comment-order') this.querySelector('weir-comment-orders')?.add(data);
    else if (name === 'host') this.hostChanged(data);
    else if (name === 'reconnected') this.querySelectorAll('weir-chat, weir-comment-orders').forEach((part) => part.refresh());
  }

  hostChanged({ connected, state, stopped }) {
    this.summary = { ...this.summary, host: { ...this.summary?.host, connected, state, stopped } };
    this.feed.refresh();
  }

  key(event) {
    if (event.target.closest?.('input, select, textarea, dialog') || event.ctrlKey || event.metaKey || event.altKey || !this.state.show) return;
    const product = /^[1-9]$/.test(event.key) ? this.state.show.products[Number(event.key) - 1] : null;
    if (product) this.pin(product.sku);
    else if (event.key.toLowerCase() === 'u' && this.state.show.pin) this.unpin();
  }

  async ask(busy, request, said) {
    this.busy = busy;
    try {
      await request();
      // The stream brings the change as well; asking makes the page right even while the stream is down.
      await this.state.refresh();
      if (said) toast(said);
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = null;
    }
  }

  pin = (sku) => this.ask(`pin-${sku}`, () => post(`${this.base}/pins`, { sku }));

  unpin = () => this.ask('unpin', () => del(`${this.base}/pins`));

  setPrice = ({ sku, price, until }) => this.ask(`price-${sku}`, () => post(`${this.base}/prices`, until ? { sku, price, until } : { sku, price }), 'The new price is on every screen.');

  run(verb) {
    if (verb === 'end' && !confirm('End the show for every viewer? This cannot be undone.')) return undefined;
    return this.ask(verb, () => post(`${this.base}/${verb}`), verb === 'start' ? 'The show is on.' : 'The show has ended.');
  }

  page() {
    const { show, problem } = this.state;
    if (problem) return problemNote(problem, () => { this.state.set({ problem: null }); this.enter(); });
    if (this.shows) return this.chooser();
    if (!show) return skeleton(6);
    return html`${this.head(show)}
      <section class="figures" aria-label="Figures of this show">
        ${this.figure('GMV', money(this.summary?.gmv), 'gmv', 'figure-main')} ${this.figure('Units', count(this.summary?.units), 'units')}
        ${this.figure('Orders', count(this.summary?.orders), 'orders')} ${this.figure('Watching', compact(show.viewers ?? this.summary?.viewers), 'viewers')}
      </section>
      <div class="cockpit-grid">
        <section class="card" aria-labelledby="board-title"><div class="card-head"><h2 id="board-title">Products</h2>
          <p class="hint keys"><kbd>1</kbd>–<kbd>9</kbd> pin · <kbd>U</kbd> unpin</p></div>
          <weir-pin-board .products=${show.products} .pinned=${show.pin?.sku} .busy=${this.busy} @pin=${(e) => this.pin(e.detail.sku)} @unpin=${() => this.unpin()} @price=${(e) => this.setPrice(e.detail)}></weir-pin-board></section>
        <weir-show-side .showId=${show.id} .summary=${this.summary} .numbers=${this.feed.numbers} .connected=${show.hostConnected} .targets=${[...this.targets.values()]} .sales=${this.sales} .products=${show.products}></weir-show-side>
        <section class="card chat-card" aria-labelledby="chat-title"><div class="card-head"><h2 id="chat-title">Chat</h2></div><weir-chat .showId=${show.id} everywhere></weir-chat></section>
        <weir-comment-orders .showId=${show.id} .products=${show.products}></weir-comment-orders>
      </div>`;
  }

  head(show) {
    return html`<div class="page-head"><div><h1>${show.title}</h1><p class="muted">${show.host} ${stateChip(show.state)} ${this.state.isOnline ? nothing : stateChip('RECONNECTING', 'warn')}</p></div>
      <div class="actions">${show.state === 'ENDED' ? nothing : html`<a class="button" href="/shows/${show.slug}/studio" data-testid="studio">${icon('camera')} Go live from this browser</a>`}
      <a class="button" href="/shows/${show.slug}" target="_blank" rel="noopener">${icon('eye')} Watch</a>
      ${show.state === 'LIVE' ? html`<button class="button danger" data-testid="end-show" ?disabled=${this.busy} @click=${() => this.run('end')}>End show</button>` : nothing}
      ${show.state === 'PLANNED' ? html`<button class="button primary" data-testid="start-show" ?disabled=${this.busy} @click=${() => this.run('start')}>Start show</button>` : nothing}</div></div>`;
  }

  figure = (name, value, testid, kind = '') => html`<div class="figure ${kind}"><span>${name}</span><b data-testid=${testid}>${value}</b></div>`;

  chooser() {
    if (!this.shows.length) return empty('No shows yet', 'Plan the first one on the operator page.', html`<a class="button primary" href="/operator">Plan a show</a>`);
    return html`<div class="page-head"><h1>Which show?</h1></div><ul class="pick">${this.shows.map((s) => html`<li><a class="card pick-card" href="/cockpit?show=${s.id}">
      <span><b>${s.title}</b><small class="muted">${s.host} · ${when(s.startsAt)}</small></span>${stateChip(s.state)}</a></li>`)}</ul>`;
  }
}
customElements.define('weir-cockpit', WeirCockpit);
