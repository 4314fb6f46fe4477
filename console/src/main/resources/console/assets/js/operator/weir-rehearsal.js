// A rehearsal of a bad hour: each way in which the sandbox's platforms can misbehave, to switch on and off.
import { WeirElement, html, nothing } from '../core/element.js';
import { count } from '../core/format.js';
import { del, get, put } from '../core/api.js';
import { empty, load, loaded, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';

export class WeirRehearsal extends WeirElement {
  static properties = { platforms: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  refresh = () => load(this, 'platforms', get('/api/rehearsal'));

  render() {
    return html`<section class="stack" data-testid="rehearsal">
      ${loaded(this.platforms, ({ items }) => html`${this.head(items)}<div class="tiles">${items.filter((p) => p.quirks.length).map((p) => this.platform(p))}</div>`,
        html`<div class="card">${empty('Nothing to rehearse', 'The sandbox has no platforms.')}</div>`, this.refresh)}</section>`;
  }

  head(items) {
    const on = items.reduce((sum, p) => sum + this.on(p), 0);
    return html`<div class="card"><div class="card-head"><h2>Rehearse a bad hour</h2>
        ${on ? html`<button class="button" data-testid="behave" ?disabled=${this.busy} @click=${() => this.behave()}>All behave again</button>` : nothing}</div>
      <p class="muted">The sandbox stands in for the platforms and can be as bad as they are. What you switch on happens to every shop that is connected to it, until you switch it off or the hub stops; real shops never notice.</p>
      <p data-testid="rehearsal-sum">${on ? html`<b>${count(on)}</b> switched on.` : 'Everybody behaves.'}</p></div>`;
  }

  platform(p) {
    const on = this.on(p);
    return html`<section class="card" aria-labelledby="rehearsal-${p.channel}" data-testid="rehearsal-${p.channel}">
      <div class="card-head"><h3 id="rehearsal-${p.channel}">${p.title}</h3>${stateChip(on ? `${count(on)} on` : 'behaves', on ? 'warn' : 'good')}</div>
      <ul class="quirks">${p.quirks.map((q) => html`<li class=${q.on ? 'quirk-on' : ''}><label class="check"><input type="checkbox" role="switch" .checked=${q.on} ?disabled=${this.busy} data-testid="quirk-${p.channel}-${q.name}" @change=${(e) => this.flip(p, q, e.target)}>
        <span><b>${q.name.replaceAll('-', ' ')}</b><small>${q.what}</small></span></label></li>`)}</ul></section>`;
  }

  on = (p) => p.quirks.filter((q) => q.on).length;

  async flip(p, q, box) {
    const on = box.checked;
    this.busy = true;
    try {
      const changed = await put(`/api/rehearsal/${encodeURIComponent(p.channel)}/${encodeURIComponent(q.name)}`, { on });
      this.platforms = { value: { items: this.platforms.value.items.map((one) => (one.channel === changed.channel ? changed : one)) } };
    } catch (failure) {
      // The hub says what is on, not the box.
      box.checked = q.on;
      failed(failure);
    } finally {
      this.busy = false;
      await this.updateComplete;
      box.focus();
    }
  }

  async behave() {
    this.busy = true;
    try {
      this.platforms = { value: await del('/api/rehearsal') };
      toast('Everybody behaves again.');
    } catch (failure) {
      failed(failure);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('weir-rehearsal', WeirRehearsal);
