// Planning shows: a new one, its encoder address, and where its stream goes.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { when } from '../core/format.js';
import { get, post } from '../core/api.js';
import { empty, load, loaded, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import './weir-bucket.js';
import './weir-stream.js';

export class WeirShows extends WeirElement {
  static properties = { shows: { state: true }, open: { state: true }, planning: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  async refresh() {
    await load(this, 'shows', get('/api/shows'));
    const items = this.shows.value?.items ?? [];
    this.open ??= (items.find((s) => s.state === 'LIVE') ?? items.find((s) => s.state === 'PLANNED'))?.id ?? null;
  }

  render() {
    return html`<section class="stack"><div class="card-head"><h2>Shows</h2><button class="button primary" data-testid="plan-show" @click=${() => { this.planning = !this.planning; }}>${icon('plus')} Plan a show</button></div>
      <weir-bucket></weir-bucket>${this.planning ? this.form() : nothing}
      ${loaded(this.shows, ({ items }) => html`<ul class="stack">${items.map((s) => this.show(s))}</ul>`, html`<div class="card">${empty('No shows yet', 'Plan the first one; it gets its own encoder address and page.')}</div>`, () => this.refresh())}</section>`;
  }

  form() {
    return html`<form class="card form-grid" @submit=${(e) => this.plan(e)}>
      <label class="span">Title<input name="title" required maxlength="120" placeholder="Spring ceramics, live from the kiln"></label>
      <label>Host<input name="host" required maxlength="80"></label><label>Starts<input name="startsAt" type="datetime-local"></label>
      <label>Address (optional)<input name="slug" pattern="[a-z0-9-]{3,60}" title="3 to 60 of a-z, 0-9 and -" placeholder="spring-ceramics"></label>
      <div class="actions span"><button class="button primary" ?disabled=${this.busy}>Plan it</button><button type="button" class="button" @click=${() => { this.planning = false; }}>Cancel</button></div></form>`;
  }

  async plan(event) {
    event.preventDefault();
    const { title, host, startsAt, slug } = event.target.elements;
    const show = { title: title.value.trim(), host: host.value.trim() };
    if (startsAt.value) show.startsAt = new Date(startsAt.value).toISOString();
    if (slug.value) show.slug = slug.value;
    this.busy = true;
    try {
      const made = await post('/api/shows', show);
      this.planning = false;
      this.open = made.id;
      toast('The show is planned.');
      await this.refresh();
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
    }
  }

  show(s) {
    const isOpen = this.open === s.id;
    return html`<li class="card fold"><button class="fold-head" aria-expanded=${String(isOpen)} @click=${() => { this.open = isOpen ? null : s.id; }}>
        <span><b>${s.title}</b><small class="muted">${s.host} · ${when(s.startedAt ?? s.startsAt)}</small></span>${stateChip(s.state)}</button>
      ${isOpen ? html`<div class="fold-body"><div class="actions"><a class="button" href="/shows/${s.slug ?? s.id}" target="_blank" rel="noopener">${icon('eye')} Player</a><a class="button" href="/cockpit?show=${s.id}">Cockpit</a>
        ${s.state === 'ENDED' ? nothing : html`<a class="button" href="/shows/${s.slug ?? s.id}/studio" data-testid="studio-${s.id}">${icon('camera')} Go live from this browser</a>`}</div>
        <weir-stream .showId=${s.id}></weir-stream></div>` : nothing}</li>`;
  }
}
customElements.define('weir-shows', WeirShows);
