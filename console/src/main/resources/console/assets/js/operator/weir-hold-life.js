// One hold from the tap to its end, on one line: promised, paying, sold or given back, and who earned it.
import { WeirElement, html, nothing, svg } from '../core/element.js';
import { channelName, clock, money, when } from '../core/format.js';
import { get } from '../core/api.js';
import { load, loaded, stateChip } from '../ui/parts.js';

const WIDTH = 720;
const ENDS = ['COMMITTED', 'RELEASED', 'EXPIRED'];

/** `hold` is its id. */
export class WeirHoldLife extends WeirElement {
  static properties = { hold: {}, life: { state: true } };

  updated(changed) {
    if (!changed.has('hold')) return;
    this.life = null;
    load(this, 'life', get(`/api/holds/${encodeURIComponent(this.hold)}/history`));
  }

  render() {
    return html`<div class="hold-life" data-testid="hold-life">${loaded(this.life, (life) => this.line(life), nothing)}</div>`;
  }

  line(life) {
    const last = life.stages.at(-1);
    const end = ENDS.includes(last.state) ? new Date(last.at) : new Date(Math.min(Date.now(), new Date(life.expiresAt)));
    const from = new Date(life.stages[0].at);
    const span = Math.max(1, end - from);
    const stretches = life.stages.filter((s) => !ENDS.includes(s.state)).map((s, i, all) => ({ ...s, from: new Date(s.at) - from, to: (all[i + 1] ? new Date(all[i + 1].at) : end) - from }));
    return html`<div class="card-head"><h3>Hold <code>${life.id}</code></h3>${stateChip(life.state)}</div>
      <svg viewBox="0 0 ${WIDTH} 14" preserveAspectRatio="none" role="img" aria-label=${stretches.map((s) => `${s.state.toLowerCase()} for ${this.length(s)}`).join(', ')}>
        ${stretches.map((s) => svg`<rect class=${s.state === 'PAYING' ? 'life-paying' : 'life-held'} x=${(s.from * WIDTH) / span} width=${((s.to - s.from) * WIDTH) / span} y="0" height="14"></rect>`)}</svg>
      <ol class="life-steps">${life.stages.map((s, i) => html`<li><b>${s.state.toLowerCase()}</b> ${when(s.at)}${stretches[i] ? html` <small class="muted">for ${this.length(stretches[i])}</small>` : nothing}</li>`)}
        ${life.order ? html`<li><b>order</b> <code>${life.order.backendOrderId ?? life.order.id}</code> ${stateChip(life.order.state)} ${money(life.order.total)}</li>` : nothing}</ol>
      <dl class="facts"><div><dt>Lines</dt><dd>${life.lines.map((l) => html`<div>${l.quantity} × <span class="mono">${l.sku}</span></div>`)}</dd></div>${this.earned(life.attribution)}
        <div><dt>Admitted</dt><dd>${life.epoch ? `gate epoch ${life.epoch}, no. ${life.seq}` : 'by the ledger alone'}</dd></div></dl>`;
  }

  length = (s) => clock(Math.round((s.to - s.from) / 1000));

  earned(a) {
    const campaign = Object.entries(a.campaign ?? {}).map(([key, value]) => `${key}=${value}`).join(' ');
    const facts = [['Tapped on', channelName(a.channel)], ['Host', a.host], ['Pinned', a.pinSku], [a.replay ? 'Replay at' : 'Show at', a.mediaTimeMillis === null ? null : clock(a.mediaTimeMillis / 1000)], ['Campaign', campaign]];
    return facts.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  }
}
customElements.define('weir-hold-life', WeirHoldLife);
