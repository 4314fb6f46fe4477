// Entering a shop: what is usually needed first, the rest on request. Secrets go in and never come back.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { post, put } from '../core/api.js';
import { failed } from '../ui/toast.js';
import { complaints, said } from './fields.js';
import { canConsent, goToConsent, leaveButton, missingSetting } from './consent.js';

const NAME = '-name';
/** A shop can be the brand's own when its products can be read and orders can be handed to it. */
const canBeOwn = (channel) => ['CATALOGUE_READ', 'ORDER_PUSH'].every((ability) => channel?.capabilities?.includes(ability));

/**
 * `connection` is what is changed, or `{channel}` for a new one; `channel` describes it; `own` is the brand's own shop, if there is one;
 * `marked` names the setting to begin at. Tells `weir-saved` with the connection, and `weir-close`.
 */
export class WeirConnectionForm extends WeirElement {
  static properties = { connection: {}, channel: {}, own: {}, marked: { type: String }, saved: { state: true }, bad: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.bad = {};
  }

  firstUpdated() {
    const dialog = this.querySelector('dialog');
    dialog.showModal();
    // The name is there already: typing begins at what only the operator knows.
    this.field(this.marked || this.channel?.settings[0]?.name || NAME)?.focus();
  }

  /** What is changed: as it was saved here, since whoever opened this hands in what it was before whenever it is drawn anew. */
  get current() {
    return this.saved ?? this.connection;
  }

  willUpdate(changed) {
    if (changed.has('connection')) this.saved = null;
  }

  field = (name) => this.querySelector(`[name="${CSS.escape(name)}"]`);

  render() {
    const { current: c, channel } = this;
    const settings = channel?.settings ?? [];
    const usual = settings.filter((s) => this.isUsual(s));
    const others = settings.filter((s) => !this.isUsual(s));
    const there = canConsent(channel);
    return html`<dialog class="sheet-dialog" aria-labelledby="form-title" @close=${() => this.tell('weir-close')}><form class="form-grid" @submit=${(e) => this.save(e)}>
      <div class="card-head span"><h2 id="form-title">${c.id ? `Change ${c.name}` : `Connect ${channel?.title ?? c.channel}`}</h2><button type="button" class="icon-button" aria-label="Close" @click=${() => this.querySelector('dialog').close()}>${icon('close')}</button></div>
      <label class="span">Name<input name=${NAME} required maxlength="60" .value=${c.name ?? channel?.title ?? ''}><span class="hint">What you call it here.</span></label>
      ${usual.map((s) => this.setting(s))}
      ${canBeOwn(channel) ? this.ownership() : nothing}
      ${others.length ? html`<details class="span more-settings" ?open=${others.some((s) => s.name === this.marked || this.bad[s.name])}><summary>More settings <small class="muted">${others.length}, all with a usual value${this.entered(others)}</small></summary><div class="form-grid">${others.map((s) => this.setting(s))}</div></details>` : nothing}
      ${there ? html`<p class="hint span">Enter what you have, then go on at ${channel.title}: what is missing comes from there when you agree.</p>` : nothing}
      ${this.bad[''] ? html`<p class="notice notice-bad span" role="alert">${this.bad['']}</p>` : nothing}
      <div class="actions span form-foot">${there ? leaveButton(channel.title, this.busy === 'leaving', `Connect at ${channel.title}`, { busy: this.busy, testid: 'connect-there' }) : nothing}
        <button class="button ${there ? '' : 'primary'}" ?disabled=${this.busy} data-testid="connect-here">${this.busy === 'saving' ? html`<span class="spinner" aria-hidden="true"></span> ` : nothing}${c.id ? 'Save' : there ? 'Connect with what I entered' : 'Connect'}</button></div></form></dialog>`;
  }

  isUsual = (s) => s.required || s.usual || s.name === this.marked;

  entered(settings) {
    const known = settings.filter((s) => this.current.settings?.[s.name]).length;
    return known ? `; ${known} entered` : '';
  }

  ownership() {
    const isOwn = this.current.settings?.backend === 'true';
    const other = this.own && this.own.id !== this.current.id ? this.own : null;
    return html`<label class="check span"><input type="checkbox" name="backend" .checked=${isOwn || (!this.current.id && !other)} ?disabled=${other} data-testid="own-shop"><span>This is our own shop: what it sells is what we sell, and every order is handed to it
      <span class="hint">${other ? `${other.name} is your own shop now; there is one.` : 'One of your shops is. The others show its products and keep to its stock.'}</span></span></label>`;
  }

  setting(s) {
    const known = this.current.settings?.[s.name];
    const isKept = s.secret && Boolean(known);
    return html`<label class="span">${s.title}${s.required ? '' : ' (optional)'}<input name=${s.name} type=${s.secret ? 'password' : 'text'} autocomplete="off" spellcheck="false" autocapitalize="off" ?required=${s.required && !isKept}
      placeholder=${isKept ? 'unchanged' : ''} aria-invalid=${this.bad[s.name] || s.name === this.marked ? 'true' : nothing} aria-describedby=${this.bad[s.name] ? `bad-${s.name}` : nothing} .value=${s.secret ? '' : typeof known === 'string' ? known : ''}>${said(this.bad, s.name)}${s.hint ? html`<span class="hint">${s.hint}</span>` : nothing}</label>`;
  }

  body(form) {
    const { [NAME]: name, backend, ...settings } = Object.fromEntries(new FormData(form));
    // An empty secret means: keep the one that is there.
    for (const s of this.channel?.settings ?? []) if (s.secret && !settings[s.name]) delete settings[s.name];
    if (backend) settings.backend = 'true';
    return { channel: this.current.channel, name, settings };
  }

  async save(event) {
    event.preventDefault();
    const isLeaving = event.submitter?.value === 'consent';
    const body = { ...this.body(event.target), ...(isLeaving ? { consent: true } : {}) };
    const { id } = this.current;
    this.busy = isLeaving ? 'leaving' : 'saving';
    this.bad = {};
    try {
      // From here on it is there: when the way on is refused, the same one is changed and not made twice.
      const saved = await (id ? put(`/api/connections/${encodeURIComponent(id)}`, body) : post('/api/connections', body));
      this.saved = saved;
      if (isLeaving) {
        await goToConsent(saved.id);
        return;
      }
      this.tell('weir-saved', { connection: saved, isNew: !id });
      this.querySelector('dialog').close();
    } catch (failure) {
      if (failure.status === 422) await this.complain(failure);
      else failed(failure);
    }
    this.busy = false;
  }

  async complain(problem) {
    const known = [...(this.channel?.settings ?? []).map((s) => s.name), 'backend'];
    const names = Object.fromEntries(known.map((name) => [`settings.${name}`, name]));
    const bad = missingSetting(problem) ?? complaints(problem, known, names);
    this.bad = bad.backend ? { '': bad.backend } : bad;
    await this.updateComplete;
    this.field(Object.keys(bad)[0])?.focus();
  }
}
customElements.define('weir-connection-form', WeirConnectionForm);
