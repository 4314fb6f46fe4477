// One channel and one product: how it may sell, the units it has, what it is on its way to, and the form to change that.
import { WeirElement, html, nothing } from '../core/element.js';
import { channelName, count, when } from '../core/format.js';
import { del, post, put } from '../core/api.js';
import { stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import { complaints, numbersOf, said, unitsField } from './fields.js';

const MODES = { ASK: ['Asks first', 'It asks the hub for a hold before it sells.'], ALLOCATE: ['Own units', 'It sells from units that nobody else can sell.'], MIRROR: ['Mirrored', 'It is told what is free, as soon as that changes.'] };
const FIELDS = ['safety', 'floor', 'ceiling', 'aim', 'units', 'mode', 'seconds'];
const NAMES = { aimUnits: 'aim', aimPercent: 'aim', 'aim.units': 'aim', 'aim.percent': 'aim' };
const UNLIMITED = 1_000_000;

/** `channel` is the hub's word on it, `path` that of the product; tells `weir-changed` with what takes the change back. */
export class WeirChannelUnits extends WeirElement {
  static properties = { path: {}, channel: { attribute: false }, editing: { state: true }, mode: { state: true }, aimKind: { state: true }, bad: { state: true }, busy: { state: true } };

  get own() {
    return `${this.path}/allocations/${encodeURIComponent(this.channel.channel)}`;
  }

  get rule() {
    return `${this.path}/policies/${encodeURIComponent(this.channel.channel)}`;
  }

  render() {
    const c = this.channel;
    const rate = c.perMinute ? html`<div><dt>Sells</dt><dd data-testid="rate-${c.channel}">${count(c.perMinute)} a minute</dd></div>` : nothing;
    return html`<div class="channel" data-testid="channel-${c.channel}"><div class="channel-head"><b>${channelName(c.channel)}</b> ${stateChip(MODES[c.policy.mode][0], c.policy.mode === 'ALLOCATE' ? 'good' : 'idle')}
        <button class="button small" data-testid="edit-${c.channel}" aria-expanded=${String(Boolean(this.editing))} @click=${() => this.edit()}>${this.editing ? 'Close' : 'Change'}</button></div>
      <dl class="facts">${this.limits(c.policy)}<div><dt>It is told</dt><dd>${count(c.published)}</dd></div><div><dt>Sold, 24 hours</dt><dd>${count(c.sold)}</dd></div>${rate}</dl>
      ${c.allocation ? this.units(c.allocation) : nothing}${this.editing ? this.form() : nothing}</div>`;
  }

  limits = (p) => html`${p.mode === 'ALLOCATE' ? html`<div><dt>Floor to ceiling</dt><dd>${count(p.floor)}–${p.ceiling >= UNLIMITED ? '∞' : count(p.ceiling)}</dd></div><div><dt>Aim</dt><dd>${p.aimPercent === undefined ? count(p.aimUnits) : `${p.aimPercent} %`}</dd></div>` : nothing}<div><dt>Safety stock</dt><dd>${count(p.safety)}</dd></div>`;

  units(a) {
    const going = a.units - a.promised;
    const all = Math.max(1, a.units + a.soldOfIt);
    const part = (n, kind, name) => (n > 0 ? html`<i class=${kind} style="width:${(100 * n) / all}%" title="${count(n)} ${name}"></i>` : nothing);
    return html`<div class="own-units" data-testid="units-${this.channel.channel}"><span class="share share-wide" role="img" aria-label="${a.soldOfIt} of its own sold, ${a.promised} to keep, ${going} to give up">${part(a.soldOfIt, 'seg-sold', 'sold of its own')}${part(a.promised, 'seg-alloc', 'its own')}${part(going, 'seg-going', 'to give up')}</span>
      <p class="small-text"><b>${count(a.units)} of its own</b>, ${count(a.soldOfIt)} sold of it in 24 hours${a.ceilingNow === null ? '' : html`, <b>held to ${count(a.ceilingNow)}</b> for now <button class="link" @click=${() => this.ask(() => del(`${this.own}/clamp`), 'It may grow again.')}>lift</button>`}${a.onAir ? ', balanced by the show' : ''}</p>
      ${a.state === 'STEADY' ? nothing : this.steps(a, going)}</div>`;
  }

  /** Smaller in two steps: the channel goes on selling from the number it knows. */
  steps(a, going) {
    const isDraining = a.state === 'DRAINING';
    return html`<ol class="two-steps" data-testid="steps-${this.channel.channel}"><li class="done">From ${count(a.units)} to ${count(a.promised)}: published ${when(a.askedAt)}</li>
      <li class=${isDraining ? 'done' : 'now'} aria-current=${isDraining ? nothing : 'step'}>${isDraining ? 'The channel confirmed it' : html`Waiting for the channel to confirm <button class="button small" @click=${() => this.ask(() => post(`${this.own}/confirm`), 'Noted: it shows the smaller number.')}>It shows ${count(a.published)}</button>`}</li>
      <li class=${isDraining ? 'now' : ''} aria-current=${isDraining ? 'step' : nothing}>${isDraining ? `Orders under way may come until ${when(a.freeAt)}` : `Then ${count(this.channel.windowSeconds)} s for orders under way`}</li>
      <li>${count(going)} free for others</li></ol>`;
  }

  async edit() {
    this.editing = !this.editing;
    if (!this.editing) return;
    const { policy } = this.channel;
    this.mode = policy.mode;
    this.aimKind = policy.aimPercent === undefined ? 'aimUnits' : 'aimPercent';
    this.bad = null;
    await this.updateComplete;
    this.querySelector('form button')?.focus();
  }

  form() {
    const c = this.channel;
    return html`<form class="form-grid channel-form" novalidate data-testid="policy-form-${c.channel}" @submit=${(e) => this.save(e)} @keydown=${(e) => this.key(e)}>
      <div class="span"><div class="segments" role="group" aria-label="How ${channelName(c.channel)} may sell">${Object.entries(MODES).map(([mode, [name]]) => html`<button type="button" data-testid="mode-${mode}" aria-pressed=${String(mode === this.mode)} @click=${() => { this.mode = mode; }}>${name}</button>`)}</div>
        <p class="hint">${MODES[this.mode][1]}</p>${said(this.bad, 'mode')}</div>
      ${unitsField('Safety stock', 'safety', { value: c.policy.safety, hint: 'Units it is not told of' }, this.bad)}
      ${this.mode === 'ALLOCATE' ? this.allocate(c.policy) : nothing}
      ${unitsField('Orders under way, seconds', 'seconds', { value: c.windowSeconds, most: 3600, hint: `Of ${channelName(c.channel)}, for every product` }, this.bad)}
      ${said(this.bad, '')}
      <div class="actions span"><button class="button primary" data-testid="save-policy" ?disabled=${this.busy}>Save</button><button type="button" class="button" @click=${() => this.edit()}>Cancel</button><small class="muted">Enter saves, Esc closes</small></div></form>`;
  }

  allocate(p) {
    const most = p.ceiling >= UNLIMITED ? '' : p.ceiling;
    return html`${unitsField('Floor', 'floor', { value: p.floor ?? 0, hint: 'Always its own, while there are any' }, this.bad)}
      ${unitsField('Ceiling', 'ceiling', { value: most, optional: true, hint: 'Empty for none' }, this.bad)}
      ${unitsField(this.aimKind === 'aimUnits' ? 'Aim, units' : 'Aim, % of what is free', 'aim', { value: p[this.aimKind], most: this.aimKind === 'aimPercent' ? 100 : undefined,
        hint: html`Where it starts. <button type="button" class="link" @click=${() => { this.aimKind = this.aimKind === 'aimUnits' ? 'aimPercent' : 'aimUnits'; }}>${this.aimKind === 'aimUnits' ? 'In percent' : 'In units'}</button>` }, this.bad)}`;
  }

  key(event) {
    if (event.key === 'Escape') this.edit();
  }

  async save(event) {
    event.preventDefault();
    const { seconds, aim, ...rest } = numbersOf(event.target);
    if (this.mode === 'ALLOCATE' && aim === undefined) {
      this.bad = { aim: 'missing: expected units or percent' };
      return;
    }
    const { policy, windowSeconds, allocation, channel } = this.channel;
    const { channel: _, ...before } = policy;
    const windowPath = `/api/channel-windows/${encodeURIComponent(channel)}`;
    const back = [];
    this.busy = true;
    this.bad = null;
    try {
      await put(this.rule, { mode: this.mode, ...rest, ...(aim === undefined ? {} : { [this.aimKind]: aim }) });
      back.push([this.rule, before]);
      // A smaller aim alone would leave it the units that the larger one gave it.
      if (before.mode === 'ALLOCATE' && allocation) back.push([this.own, { units: allocation.promised }]);
      if (seconds !== windowSeconds) {
        await put(windowPath, { seconds });
        back.push([windowPath, { seconds: windowSeconds }]);
      }
      this.editing = false;
    } catch (failure) {
      this.bad = complaints(failure, FIELDS, NAMES);
    } finally {
      this.busy = false;
    }
    if (back.length) this.tell('weir-changed', { words: `${channelName(channel)}: ${MODES[this.mode][0].toLowerCase()}, saved.`, back });
    await this.updateComplete;
    this.querySelector(this.bad ? '[aria-invalid=true]' : '.channel-head button')?.focus();
  }

  async ask(request, words) {
    try {
      await request();
      toast(words);
      this.tell('weir-moved');
    } catch (failure) {
      failed(failure);
    }
  }
}
customElements.define('weir-channel-units', WeirChannelUnits);
