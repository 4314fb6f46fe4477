// Shops and channels: connect, check, change. Secrets go in and never come back.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { ago } from '../core/format.js';
import { del, get, post, put } from '../core/api.js';
import { copyButton, empty, load, loaded, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';

export class WeirConnections extends WeirElement {
  static properties = { connections: { state: true }, channels: { state: true }, editing: { state: true }, busy: { state: true }, checks: { state: true } };

  constructor() {
    super();
    this.checks = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
    load(this, 'channels', get('/api/channels'));
  }

  refresh = () => load(this, 'connections', get('/api/connections'));

  channel = (name) => this.channels?.value?.items.find((c) => c.name === name);

  render() {
    return html`<section class="stack"><div class="card-head"><h2>Shops and channels</h2></div>
      ${loaded(this.connections, ({ items }) => html`<ul class="tiles">${items.map((c) => this.connection(c))}</ul>`, html`<div class="card">${empty('Nothing connected yet', 'Choose a channel below; its stock, catalogue and orders join the hub.')}</div>`, this.refresh)}
      <h3>Connect another</h3>
      ${loaded(this.channels, ({ items }) => html`<div class="actions">${items.map((c) => html`<button class="button" data-testid="connect-${c.name}" @click=${() => this.edit({ channel: c.name })}>${icon('plus')} ${c.title}</button>`)}</div>`, nothing)}
      ${this.editing ? this.form() : nothing}</section>`;
  }

  connection(c) {
    const check = this.checks[c.id];
    return html`<li class="card tile-card" data-testid="connection-${c.id}"><div class="card-head"><div><b>${c.name}</b><small class="muted">${this.channel(c.channel)?.title ?? c.channel}</small></div>${stateChip(c.state)}</div>
      <p class="caps">${(c.capabilities ?? []).map((x) => html`<span>${String(x).toLowerCase().replaceAll('_', ' ')}</span>`)}</p>
      ${c.lastError ? html`<p class="notice notice-bad small-text">${c.lastError}</p>` : nothing}
      ${check ? html`<p class="notice ${check.ok ? '' : 'notice-bad'} small-text" role="status">${check.detail}</p>` : nothing}
      ${c.webhookUrl ? html`<div class="copy-line"><small class="muted">Webhook address</small><code>${c.webhookUrl}</code>${copyButton(c.webhookUrl, () => toast('Copied.'))}</div>` : nothing}
      <div class="actions"><small class="muted grow">Checked ${ago(c.lastCheckedAt)}</small><button class="button small" ?disabled=${this.busy} @click=${() => this.check(c)}>Check now</button><button class="button small" @click=${() => this.edit(c)}>Change</button>
        <button class="button small danger" aria-label="Remove ${c.name}" @click=${() => this.discard(c)}>Remove</button></div></li>`;
  }

  async edit(connection) {
    this.editing = connection;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  form() {
    const c = this.editing;
    const channel = this.channel(c.channel);
    return html`<dialog class="sheet-dialog" @close=${() => { this.editing = null; }}><form class="form-grid" @submit=${(e) => this.save(e)}>
      <div class="card-head span"><h2>${c.id ? `Change ${c.name}` : `Connect ${channel?.title ?? c.channel}`}</h2><button type="button" class="icon-button" aria-label="Close" @click=${(e) => e.target.closest('dialog').close()}>${icon('close')}</button></div>
      <label class="span">Name<input name="-name" required maxlength="60" .value=${c.name ?? ''} placeholder="My ${channel?.title ?? 'shop'}"></label>
      ${(channel?.settings ?? []).map((s) => this.setting(s, c))}
      <div class="actions span"><button class="button primary" ?disabled=${this.busy}>${c.id ? 'Save' : 'Connect'}</button></div></form></dialog>`;
  }

  setting(s, c) {
    const isKept = s.secret && c.id;
    const known = c.settings?.[s.name];
    return html`<label class="span">${s.title}${s.required ? '' : ' (optional)'}<input name=${s.name} type=${s.secret ? 'password' : 'text'} autocomplete="off" ?required=${s.required && !isKept}
      placeholder=${isKept ? 'unchanged' : ''} .value=${s.secret ? '' : typeof known === 'string' ? known : ''}>${s.hint ? html`<span class="hint">${s.hint}</span>` : nothing}</label>`;
  }

  save(event) {
    event.preventDefault();
    const dialog = event.target.closest('dialog');
    const { id, channel } = this.editing;
    const { '-name': name, ...settings } = Object.fromEntries(new FormData(event.target));
    // An empty secret means: keep the one that is there.
    for (const s of this.channel(channel)?.settings ?? []) if (s.secret && !settings[s.name]) delete settings[s.name];
    const body = { channel, name, settings };
    return this.ask(() => (id ? put(`/api/connections/${encodeURIComponent(id)}`, body) : post('/api/connections', body)), id ? 'Saved.' : 'Connected.', () => dialog.close());
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
