// The way in: every show with its state, and the pages that belong to it.
import { WeirElement, html, nothing } from '../core/element.js';
import { when } from '../core/format.js';
import { get, withQuery } from '../core/api.js';
import { header } from '../ui/shell.js';
import { empty, load, loaded, stateChip } from '../ui/parts.js';

const ORDER = { LIVE: 0, PLANNED: 1, ENDED: 2 };
const ROLES = [
  ['/cockpit', 'Cockpit', 'Pin, flash price, chat and live figures, for hosts and producers.'],
  ['/operator', 'Operator', 'Shops, stream targets, shows, stock and orders.'],
  ['/ops', 'Ops', 'Webhook log, routes, rate budgets, health.'],
  ['/finance', 'Finance', 'What was sold, where, and because of which show.'],
];

export class WeirHome extends WeirElement {
  static properties = { shows: { state: true }, cursor: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  refresh() {
    this.shows = null;
    return load(this, 'shows', get('/api/shows'));
  }

  async more() {
    const next = await get(withQuery('/api/shows', { cursor: this.shows.value.nextCursor })).catch((problem) => ({ problem }));
    if (next.problem) this.shows = next;
    else this.shows = { value: { items: [...this.shows.value.items, ...next.items], nextCursor: next.nextCursor } };
  }

  render() {
    return html`${header('Shows', null)}<main id="main" class="desk-main">
      <section class="hero"><h1>One stream out.<br>Every shop in step.</h1><p>The host goes live once; the same units sell in the show, on the shop and in the social shops, and none is sold twice.</p></section>
      <section aria-labelledby="shows-title"><h2 id="shows-title" class="section-title">Shows</h2>
        ${loaded(this.shows, (value) => this.list(value), empty('No shows yet', 'An operator plans the first one.', html`<a class="button primary" href="/operator">Plan a show</a>`), () => this.refresh())}</section>
      <section aria-labelledby="pages-title"><h2 id="pages-title" class="section-title">For the team</h2>
        <ul class="pick">${ROLES.map(([href, name, text]) => html`<li><a class="card pick-card" href=${href}><span><b>${name}</b><small class="muted">${text}</small></span></a></li>`)}</ul></section></main>`;
  }

  list({ items, nextCursor }) {
    const shows = [...items].sort((a, b) => (ORDER[a.state] ?? 3) - (ORDER[b.state] ?? 3));
    return html`<ul class="show-list">${shows.map((s) => html`<li class="card show-card show-${String(s.state).toLowerCase()}" data-testid="show-${s.id}">
        <div class="show-top">${s.state === 'LIVE' ? html`<span class="chip chip-live">live now</span>` : stateChip(s.state)}<small class="muted">${when(s.startedAt ?? s.startsAt)}</small></div>
        <div><h3>${s.title}</h3><p class="muted">${s.host}</p></div>
        <div class="actions"><a class="button ${s.state === 'ENDED' ? '' : 'primary'}" href="/shows/${s.slug ?? s.id}">${s.state === 'LIVE' ? 'Watch' : 'Open'}</a><a class="button" href="/cockpit?show=${s.id}">Cockpit</a></div></li>`)}</ul>
      ${nextCursor ? html`<button class="button more" @click=${() => this.more()}>More shows</button>` : nothing}`;
  }
}
customElements.define('weir-home', WeirHome);
