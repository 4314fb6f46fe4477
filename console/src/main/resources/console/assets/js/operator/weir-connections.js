// Shops and channels: connect, check, change, be let in at the platform's page. Secrets go in and never come back.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { ago } from '../core/format.js';
import { del, get, post, put } from '../core/api.js';
import { copyButton, empty, load, loaded, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import { complaints, said } from './fields.js';
import { RETURNS, accessNote, canConsent, goToConsent, leaveButton, missingSetting, rotations } from './consent.js';
import { catalogueNote, isMoving } from './catalogue.js';
import './weir-calls.js';

export class WeirConnections extends WeirElement {
  static properties = { connections: { state: true }, channels: { state: true }, editing: { state: true }, busy: { state: true }, checks: { state: true }, bad: { state: true }, called: { state: true }, about: { type: String } };

  constructor() {
    super();
    this.checks = {};
    this.bad = {};
    // Whoever goes back from the platform's page finds this one as it was left: leaving.
    this.onShown = (event) => event.persisted && this.again();
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('pageshow', this.onShown);
    this.refresh().then(() => this.comeBack());
    load(this, 'channels', get('/api/channels'));
  }

  disconnectedCallback() {
    clearTimeout(this.soon);
    removeEventListener('pageshow', this.onShown);
    super.disconnectedCallback();
  }

  again() {
    this.busy = false;
    this.refresh();
  }

  /** To the shop that the platform sent us back for. */
  async comeBack() {
    if (!this.about) return;
    await this.updateComplete;
    const tile = this.querySelector(`[data-testid="connection-${CSS.escape(this.about)}"]`);
    tile?.focus();
    tile?.scrollIntoView({ block: 'center' });
  }

  refresh = async () => {
    await load(this, 'connections', get('/api/connections'));
    clearTimeout(this.soon);
    // A long import is worth watching; nobody types into what is drawn anew.
    if (this.isConnected && this.connections?.value?.items.some((c) => isMoving(c.catalogue))) this.soon = setTimeout(this.refresh, 5000);
  };

  channel = (name) => this.channels?.value?.items.find((c) => c.name === name);

  render() {
    return html`<section class="stack"><div class="card-head"><h2>Shops and channels</h2></div>
      ${RETURNS[this.about] ? html`<p class="notice notice-bad" role="alert" data-testid="consent-lost">${RETURNS[this.about]}</p>` : nothing}
      ${loaded(this.connections, ({ items }) => html`<ul class="tiles">${items.map((c) => this.connection(c))}</ul>`, html`<div class="card">${empty('Nothing connected yet', 'Choose a channel below; its stock, catalogue and orders join the hub.')}</div>`, this.refresh)}
      ${this.called ? html`<weir-calls .connection=${this.called} @weir-close=${() => { this.called = null; }}></weir-calls>` : nothing}
      <h3>Connect another</h3>
      ${loaded(this.channels, ({ items }) => html`<div class="actions">${items.map((c) => html`<button class="button" data-testid="connect-${c.name}" @click=${() => this.edit({ channel: c.name })}>${icon('plus')} ${c.title}</button>`)}</div>`, nothing)}
      ${this.editing ? this.form() : nothing}</section>`;
  }

  connection(c) {
    const check = this.checks[c.id];
    const title = this.channel(c.channel)?.title ?? c.channel;
    return html`<li class="card tile-card" tabindex="-1" data-testid="connection-${c.id}"><div class="card-head"><div><b>${c.name}</b><small class="muted">${title}</small></div>${c.access?.needsYou ? stateChip('needs you', 'bad') : stateChip(c.state)}</div>
      <p class="caps">${(c.capabilities ?? []).map((x) => html`<span>${String(x).toLowerCase().replaceAll('_', ' ')}</span>`)}</p>
      ${c.lastError ? html`<p class="notice notice-bad small-text">${c.lastError}</p>` : nothing}
      ${catalogueNote(c.id, c.catalogue)}
      ${accessNote(c.access, c.id === this.about)}
      ${rotations(c.rotating, (name) => this.channel(c.channel)?.settings.find((s) => s.name === name)?.title ?? name, (name) => this.endRotation(c, name), this.busy)}
      ${check ? html`<p class="notice ${check.ok ? '' : 'notice-bad'} small-text" role="status">${check.detail}</p>` : nothing}
      ${c.webhookUrl ? html`<div class="copy-line"><small class="muted">Webhook address</small><code>${c.webhookUrl}</code>${copyButton(c.webhookUrl, () => toast('Copied.'))}</div>` : nothing}
      <div class="actions"><small class="muted grow">Checked ${ago(c.lastCheckedAt)}</small><button class="button small" ?disabled=${this.busy} @click=${() => this.check(c)}>Check now</button><button class="button small" @click=${() => this.edit(c)}>Change</button>
        ${canConsent(c) ? leaveButton(title, this.busy === c.id, c.access?.needsYou || c.state !== 'UNFINISHED' ? 'Connect again' : `Connect at ${title}`, { type: 'button', kind: c.access?.needsYou || c.state === 'UNFINISHED' ? 'small primary' : 'small', busy: this.busy, testid: `consent-${c.id}`, click: () => this.leave(c) }) : nothing}
        <button class="button small" aria-label="Calls to ${c.name}" @click=${() => { this.called = c; }}>Calls</button>
        <button class="button small danger" aria-label="Remove ${c.name}" @click=${() => this.discard(c)}>Remove</button></div></li>`;
  }

  async edit(connection) {
    this.editing = connection;
    this.bad = {};
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  form() {
    const c = this.editing;
    const channel = this.channel(c.channel);
    return html`<dialog class="sheet-dialog" @close=${() => { this.editing = null; this.refresh(); }}><form class="form-grid" @submit=${(e) => this.save(e)}>
      <div class="card-head span"><h2>${c.id ? `Change ${c.name}` : `Connect ${channel?.title ?? c.channel}`}</h2><button type="button" class="icon-button" aria-label="Close" @click=${(e) => e.target.closest('dialog').close()}>${icon('close')}</button></div>
      <label class="span">Name<input name="-name" required maxlength="60" .value=${c.name ?? ''} placeholder="My ${channel?.title ?? 'shop'}"></label>
      ${(channel?.settings ?? []).map((s) => this.setting(s, c))}
      ${canConsent(channel) ? html`<p class="hint span">Enter what you have. ${channel.title} brings the rest when you agree there.</p>` : nothing}
      ${this.bad[''] ? html`<p class="notice notice-bad span" role="alert">${this.bad['']}</p>` : nothing}
      <div class="actions span">${canConsent(channel) ? leaveButton(channel.title, this.busy === 'leaving', `Connect at ${channel.title}`, { busy: this.busy, testid: 'connect-there' }) : nothing}
        <button class="button ${canConsent(channel) ? '' : 'primary'}" ?disabled=${this.busy} data-testid="connect-here">${c.id ? 'Save' : canConsent(channel) ? 'Connect with what I entered' : 'Connect'}</button></div></form></dialog>`;
  }

  setting(s, c) {
    const isKept = s.secret && Boolean(c.settings?.[s.name]);
    const known = c.settings?.[s.name];
    return html`<label class="span">${s.title}${s.required ? '' : ' (optional)'}<input name=${s.name} type=${s.secret ? 'password' : 'text'} autocomplete="off" ?required=${s.required && !isKept}
      placeholder=${isKept ? 'unchanged' : ''} aria-invalid=${this.bad[s.name] ? 'true' : nothing} .value=${s.secret ? '' : typeof known === 'string' ? known : ''}>${said(this.bad, s.name)}${s.hint ? html`<span class="hint">${s.hint}</span>` : nothing}</label>`;
  }

  async save(event) {
    event.preventDefault();
    const dialog = event.target.closest('dialog');
    const isLeaving = event.submitter?.value === 'consent';
    const { id, channel, settings: before } = this.editing;
    const { '-name': name, ...settings } = Object.fromEntries(new FormData(event.target));
    // An empty secret means: keep the one that is there.
    for (const s of this.channel(channel)?.settings ?? []) if (s.secret && !settings[s.name]) delete settings[s.name];
    if (before?.backend === 'true') settings.backend = 'true';
    const body = { channel, name: name || this.channel(channel)?.title, settings, ...(isLeaving ? { consent: true } : {}) };
    this.busy = isLeaving ? 'leaving' : true;
    this.bad = {};
    try {
      // From here on it is there: when the way on is refused, the same one is changed and not made twice.
      this.editing = await (id ? put(`/api/connections/${encodeURIComponent(id)}`, body) : post('/api/connections', body));
      if (isLeaving) {
        await goToConsent(this.editing.id);
        return;
      }
      dialog.close();
      toast(id ? 'Saved.' : 'Connected.');
    } catch (failure) {
      if (failure.status === 422) this.complain(failure, channel);
      else failed(failure);
    }
    this.busy = false;
  }

  complain(problem, channel) {
    const known = (this.channel(channel)?.settings ?? []).map((s) => s.name);
    const names = Object.fromEntries(known.map((name) => [`settings.${name}`, name]));
    this.bad = missingSetting(problem) ?? complaints(problem, known, names);
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

  async check(c) {
    this.busy = true;
    try {
      this.checks = { ...this.checks, [c.id]: await post(`/api/connections/${encodeURIComponent(c.id)}/check`) };
      await this.refresh();
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
    }
  }

  discard(c) {
    if (!confirm(`Remove ${c.name}? Its stock is no longer kept in step and its webhooks are refused.`)) return undefined;
    return this.ask(() => del(`/api/connections/${encodeURIComponent(c.id)}`), 'Removed.');
  }

  async ask(request, said, after) {
    this.busy = true;
    try {
      await request();
      after?.();
      toast(said);
      await this.refresh();
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('weir-connections', WeirConnections);
