// Routes: which run, in which version and how fast, and the way to each that can be changed.
import { html, nothing, polling } from '../core/element.js';
import { count } from '../core/format.js';
import { get } from '../core/api.js';
import { empty, load, loaded, stateChip, table } from '../ui/parts.js';
import { isInTrouble } from './route-words.js';
import './weir-route-editor.js';

const EVERY_MS = 5000;
const SHIPS = 'as it ships';
const FILTERS = [['', 'all'], ['failing', 'failing'], ['changed', 'changed']];
const versionWords = (n) => (n ? `version ${n}` : SHIPS);

/** `about` is the id of the route that is open, or empty. */
export class WeirRoutes extends polling(EVERY_MS) {
  static properties = { about: { type: String }, routes: { state: true }, rates: { state: true }, text: { state: true }, shown: { state: true } };

  constructor() {
    super();
    this.text = '';
    this.shown = '';
  }

  async refresh() {
    if (this.about) return;
    const before = this.routes?.value?.items;
    const passed = (Date.now() - this.at) / 1000;
    await load(this, 'routes', get('/api/routes'));
    this.at = Date.now();
    if (!before || !this.routes.value) return;
    const done = new Map(before.map((r) => [r.id, r.exchangesTotal]));
    this.rates = new Map(this.routes.value.items.map((r) => [r.id, (r.exchangesTotal - (done.get(r.id) ?? r.exchangesTotal)) / passed]));
  }

  updated(changed) {
    if (changed.get('about') && !this.about) this.refresh();
  }

  render() {
    if (this.about) return html`<weir-route-editor .route=${this.about}></weir-route-editor>`;
    return html`<section class="stack"><p class="muted">A route says through which steps messages go. A change is checked, rehearsed on the newest real messages, and swapped in while messages wait; it can be taken back at once.</p>
      <section class="card" aria-labelledby="routes-all">${loaded(this.routes, (r) => this.all(r), empty('No routes', 'The hub has not started any.'), () => this.refresh())}</section></section>`;
  }

  all({ items, changeable = [] }) {
    const standing = (r) => changeable.find((c) => c.route === r.id || (c.template && r.id.startsWith(`${c.route}-`)));
    const found = items.filter((r) => this.isShown(r, standing(r)));
    return html`<div class="card-head"><h2 id="routes-all">Routes</h2><span class="muted small-text" role="status" data-testid="routes-count">${found.length === items.length ? count(items.length) : `${count(found.length)} of ${count(items.length)}`}</span></div>
      <div class="filters"><label class="search">Find a route<input type="search" maxlength="100" placeholder="Its name, what it does, why it failed" autocomplete="off" spellcheck="false" data-testid="routes-find" .value=${this.text} @input=${(e) => { this.text = e.target.value; }}></label>
        <div class="segments" role="group" aria-label="Which routes">${FILTERS.map(([id, name]) => html`<button data-testid="routes-${name}" aria-pressed=${String(id === this.shown)} @click=${() => { this.shown = id; }}>${name}</button>`)}</div></div>
      ${found.length ? this.rows(found, standing) : empty('None found', this.text.trim() ? 'No route has these words in its name, in what it does or in its last error.' : `No route is ${this.shown}.`)}`;
  }

  isShown(r, standing) {
    if (this.shown === 'failing' && !isInTrouble(r) && !standing?.refusal) return false;
    if (this.shown === 'changed' && !r.version && standing?.wanted === standing?.running) return false;
    const said = [r.id, r.description, r.lastError, standing?.refusal].join(' ').toLowerCase();
    return this.text.toLowerCase().split(/\s+/).every((word) => said.includes(word));
  }

  rows(items, standing) {
    return table([
      { title: 'Route', cell: (r) => this.name(r, standing(r)) },
      { title: 'Version', cell: (r) => (standing(r) ? versionWords(r.version) : nothing) },
      { title: 'State', cell: (r) => stateChip(String(r.state).toUpperCase()) },
      { title: 'Done', numeric: true, cell: (r) => count(r.exchangesTotal) },
      { title: 'A second', numeric: true, cell: (r) => (this.rates?.has(r.id) ? this.rates.get(r.id).toFixed(1) : '–') },
      { title: 'Failed', numeric: true, cell: (r) => (r.exchangesFailed ? html`<b class="bad">${count(r.exchangesFailed)}</b>` : '0') },
    ], items, { label: 'Routes', testid: 'all-routes' });
  }

  name = (r, standing) => html`${standing ? html`<a href="#routes/${standing.route}" data-testid="route-${r.id}"><b>${r.id}</b></a>` : html`<b>${r.id}</b>`}<small class="reason">${r.description}</small>
    ${standing?.refusal ? html`<small class="reason bad">Not in force here: ${standing.refusal}</small>` : nothing}${r.lastError ? html`<small class="reason bad">${r.lastError}</small>` : nothing}`;
}
customElements.define('weir-routes', WeirRoutes);
