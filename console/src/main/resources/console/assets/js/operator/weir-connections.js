// Shops and channels: connect, check, bring the catalogue in, be let in at the platform's page, let go.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { ago } from '../core/format.js';
import { del, get, post } from '../core/api.js';
import { copyButton, empty, load, loaded, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import { RETURNS, accessNote, canConsent, goToConsent, leaveButton, rotations } from './consent.js';
import { catalogueNote, isUnderWay, refusal } from './connection-words.js';
import { isMoving, progressNote } from './catalogue.js';
import { choreNotes } from './chores.js';
import './weir-calls.js';
import './weir-privacy.js';
import './weir-connection-form.js';

const WHILE_UNDER_WAY_MS = 1500;

export class WeirConnections extends WeirElement {
  static properties = { connections: { state: true }, channels: { state: true }, editing: { state: true }, busy: { state: true }, checked: { state: true }, called: { state: true }, about: { type: String } };

  constructor() {
    super();
    this.checked = {};
    // Whoever goes back from the platform's page finds this one as it was left: leaving.
    this.onShown = (event) => event.persisted && this.again();
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('pageshow', this.onShown);
    this.refresh().then(() => this.goTo(this.about));
    load(this, 'channels', get('/api/channels'));
    this.timer = setInterval(() => document.hidden || !this.items().some((c) => isUnderWay(c.catalogue)) || this.refresh(), WHILE_UNDER_WAY_MS);
  }

  disconnectedCallback() {
    clearTimeout(this.soon);
    removeEventListener('pageshow', this.onShown);
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  again() {
    this.busy = false;
    this.refresh();
  }

  items = () => this.connections?.value?.items ?? [];

  /** To the shop that was saved here, or that the platform sent us back for. */
  async goTo(id) {
    if (!id) return;
    await this.updateComplete;
    const tile = this.querySelector(`[data-testid="connection-${CSS.escape(id)}"]`);
    tile?.focus();
    tile?.scrollIntoView({ block: 'center' });
  }

  refresh = async () => {
    await load(this, 'connections', get('/api/connections'));
    clearTimeout(this.soon);
    // A long import is worth watching; nobody types into what is drawn anew.
    if (this.isConnected && this.connections?.value?.items.some((c) => isMoving(c.progress))) this.soon = setTimeout(this.refresh, 5000);
  };

  channel = (name) => this.channels?.value?.items.find((c) => c.name === name);

  render() {
    const isNone = this.connections?.value && !this.items().length;
    return html`<section class="stack"><div class="card-head"><h2>Shops and channels</h2></div>
      ${RETURNS[this.about] ? html`<p class="notice notice-bad" role="alert" data-testid="consent-lost">${RETURNS[this.about]}</p>` : nothing}
      ${loaded(this.connections, ({ items }) => html`<ul class="tiles">${items.map((c) => this.connection(c))}</ul>`, html`<div class="card">${empty('Nothing connected yet', 'Begin with the shop that is your own, Shopify or Magento: its products and stock become yours here. Then add the channels that sell them too.')}</div>`, this.refresh)}
      ${this.called ? html`<weir-calls .connection=${this.called} @weir-close=${() => { this.called = null; }}></weir-calls>` : nothing}
      <weir-privacy></weir-privacy>
      <h3>${isNone ? 'Connect your first shop' : 'Connect another'}</h3>
      ${loaded(this.channels, ({ items }) => html`<div class="actions">${items.map((c) => html`<button class="button" data-testid="connect-${c.name}" @click=${() => this.edit({ channel: c.name })}>${icon('plus')} ${c.title}</button>`)}</div>`, nothing)}
      ${this.editing ? html`<weir-connection-form .connection=${this.editing.connection} .marked=${this.editing.marked} .channel=${this.channel(this.editing.connection.channel)} .own=${this.items().find((c) => c.settings?.backend === 'true')}
        @weir-saved=${(e) => this.saved(e.detail)} @weir-close=${() => this.closed()}></weir-connection-form>` : nothing}</section>`;
  }

  connection(c) {
    const channel = this.channel(c.channel);
    const title = channel?.title ?? c.channel;
    const isOwn = c.settings?.backend === 'true';
    const isBack = c.id === this.about;
    const mend = (name) => this.edit(c, name);
    // What came back from the platform's page says more than that nothing is there yet.
    const wasRefused = c.access?.consent?.ok === false;
    return html`<li class="card tile-card" tabindex="-1" data-testid="connection-${c.id}"><div class="card-head"><div><b>${c.name}</b><small class="muted">${title}${isOwn ? ', your own shop' : ''}</small></div>${this.chip(c)}</div>
      ${c.lastError ? refusal(c.lastError, channel?.settings, mend) : nothing}
      ${wasRefused && !c.lastError ? refusal(c.access.consent.detail, channel?.settings, mend) : nothing}
      ${accessNote(c.access, isBack, wasRefused, channel?.settings)}
      ${c.unproven && c.state === 'OK' ? html`<p class="notice small-text" data-testid="unproven-${c.id}">${channel?.settings.find((s) => s.name === c.unproven)?.title ?? c.unproven}: unproven until the first genuine delivery.</p>` : nothing}
      ${choreNotes(c.chores)}
      ${rotations(c.rotating, (name) => channel?.settings.find((s) => s.name === name)?.title ?? name, (name) => this.endRotation(c, name), this.busy)}
      ${this.checked[c.id]?.ok ? html`<p class="notice small-text" role="status">${this.checked[c.id].detail}</p>` : nothing}
      ${c.state === 'UNFINISHED' ? html`<p class="small-text muted">Not all is entered yet${canConsent(c) ? `: go on at ${title}, or enter the rest` : ''}.</p>` : catalogueNote(c.catalogue, isOwn, channel?.settings)}
      ${isMoving(c.progress) ? progressNote(c.id, c.progress) : nothing}
      ${c.webhookUrl ? html`<div class="copy-line"><small class="muted">Webhook address, to be entered at ${title}</small><code>${c.webhookUrl}</code>${copyButton(c.webhookUrl, () => toast('Copied.'))}</div>` : nothing}
      <details class="abilities"><summary>What it does <small class="muted">${(c.capabilities ?? []).length}</small></summary><p class="caps">${(c.capabilities ?? []).map((x) => html`<span>${String(x).toLowerCase().replaceAll('_', ' ')}</span>`)}</p></details>
      <div class="tile-foot"><small class="muted">${c.lastCheckedAt ? `Checked ${ago(c.lastCheckedAt)}` : 'Not checked yet'}</small><div class="actions"><button class="button small" ?disabled=${this.busy} @click=${() => this.check(c)}>Check now</button><button class="button small" @click=${() => this.edit(c)}>Change</button>
        ${canConsent(c) ? leaveButton(title, this.busy === c.id, c.access?.needsYou || c.state !== 'UNFINISHED' ? 'Connect again' : `Connect at ${title}`, { type: 'button', kind: c.access?.needsYou || c.state === 'UNFINISHED' ? 'small primary' : 'small', busy: this.busy, testid: `consent-${c.id}`, click: () => this.leave(c) }) : nothing}
        ${['DONE', 'FAILED'].includes(c.catalogue?.state) ? html`<button class="button small" ?disabled=${this.busy} aria-label="Import ${c.name} again" @click=${() => this.importAgain(c)}>Import again</button>` : nothing}
        <button class="button small" aria-label="Calls to ${c.name}" @click=${() => { this.called = c; }}>Calls</button>
        <button class="button small danger" aria-label="Remove ${c.name}" @click=${() => this.discard(c)}>Remove</button></div></div></li>`;
  }

  chip(c) {
    if (this.busy === `checking ${c.id}`) return html`<span class="chip" role="status"><span class="spinner" aria-hidden="true"></span> checking…</span>`;
    return c.access?.needsYou ? stateChip('needs you', 'bad') : stateChip(c.state);
  }

  edit(connection, marked = '') {
    this.editing = { connection, marked };
  }

  closed() {
    this.editing = null;
    this.refresh();
  }

  /** Whether it works is what everybody wants to know next. */
  async saved({ connection, isNew }) {
    toast(isNew ? 'Connected. Now it is checked.' : 'Saved. Now it is checked.');
    await this.refresh();
    await this.goTo(connection.id);
    if (connection.state !== 'UNFINISHED') await this.check(connection);
  }

  async leave(c) {
    this.busy = c.id;
    try {
      await goToConsent(c.id);
    } catch (failure) {
      this.busy = false;
      failed(failure);
    }
  }

  endRotation(c, name) {
    return this.ask(() => del(`/api/connections/${encodeURIComponent(c.id)}/rotations/${encodeURIComponent(name)}`), 'Only the new one is accepted.');
  }

  importAgain(c) {
    return this.ask(() => post(`/api/connections/${encodeURIComponent(c.id)}/import`), 'The catalogue is brought in again.');
  }

  async check(c) {
    this.busy = `checking ${c.id}`;
    try {
      this.checked = { ...this.checked, [c.id]: await post(`/api/connections/${encodeURIComponent(c.id)}/check`) };
      await this.refresh();
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
    }
  }

  discard(c) {
    if (!confirm(`Remove ${c.name}? Its stock is no longer kept in step and its webhooks are refused. What it sold stays in the books.`)) return undefined;
    if (this.called?.id === c.id) this.called = null;
    return this.ask(() => del(`/api/connections/${encodeURIComponent(c.id)}`), 'Removed.');
  }

  async ask(request, words) {
    this.busy = true;
    try {
      await request();
      toast(words);
      await this.refresh();
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('weir-connections', WeirConnections);
