// Whether the stream is out, how well it goes, and the button that starts and stops it.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { clock, count } from '../core/format.js';
import { stateChip } from '../ui/parts.js';
import { kbits, millis } from '../stream/words.js';

const TICK_MS = 1000;
const LIMITS = {
  bandwidth: 'Your connection is too slow for the full picture, so its quality is lowered. A cable or a better network helps.',
  cpu: 'This device is too busy for the full picture, so its quality is lowered. Close other programs.',
};
const GO_WORDS = { taken: 'Take it back', ended: 'Go live again', refused: 'Go live again' };
const LOSSY_PERCENT = 5;

/** [words, kind] for the state of a publisher. */
export function airState(publisher) {
  switch (publisher?.state) {
    case 'connecting': return ['connecting', 'warn'];
    case 'live': return ['live', 'live'];
    case 'waiting': return ['reconnecting', 'warn'];
    case 'refused': return ['refused', 'bad'];
    case 'taken': return ['taken over', 'warn'];
    case 'ended': return ['ended', 'idle'];
    default: return ['not live', 'idle'];
  }
}

/** Tells `go` and `halt`. */
export class WeirOnAir extends WeirElement {
  static properties = { publisher: { attribute: false }, figures: { attribute: false }, state: {}, since: { type: Number }, ready: { type: Boolean } };

  connectedCallback() {
    super.connectedCallback();
    this.ticker = setInterval(() => this.publisher?.isOn && this.requestUpdate(), TICK_MS);
  }

  disconnectedCallback() {
    clearInterval(this.ticker);
    super.disconnectedCallback();
  }

  render() {
    const p = this.publisher;
    const [words, kind] = airState(p);
    return html`<section class="card" aria-labelledby="air-title"><div class="card-head"><h2 id="air-title">On air</h2><span data-testid="air-state">${stateChip(words, kind)}</span></div>
      ${this.text(p)} ${p?.state === 'live' ? this.how(p.figures) : nothing}
      ${p?.isOn ? html`<button class="button danger wide" data-testid="stop" @click=${() => this.tell('halt')}>${icon('stop')} Stop sending</button>`
        : html`<button class="button primary wide go-live" data-testid="go-live" ?disabled=${!this.ready} @click=${() => this.tell('go')}>${icon('camera')} ${GO_WORDS[p?.state] ?? 'Go live'}</button>`}</section>`;
  }

  text(p) {
    switch (p?.state) {
      case 'connecting': return html`<p role="status">Connecting to the hub…</p>`;
      case 'waiting': return html`<p class="notice notice-warn" role="status">${icon('warn')}<span>${p.problem} Next try in ${Math.max(0, Math.ceil((p.nextTryAt - Date.now()) / 1000))} s.${p.wasLive ? ' Viewers see a slate meanwhile.' : ''}</span></p>`;
      case 'refused': return html`<p class="notice notice-bad" role="alert"><span>${p.problem}</span></p>`;
      case 'taken': return html`<p class="notice notice-warn" role="alert" data-testid="taken">${icon('warn')}<span>Taken over by another device or tab, which sends this show now.</span></p>`;
      case 'ended': return html`<p class="muted">You have stopped sending.</p>`;
      case 'live': return html`<p role="status">You are live${this.since ? html` for <b class="mono">${clock((Date.now() - this.since) / 1000)}</b>` : nothing}.</p>`;
      default: return html`<p class="muted">${this.ready ? 'Look at the picture, speak a word, then go live.' : 'Turn on your camera and microphone first.'}</p>`;
    }
  }

  how(f) {
    if (!f) return html`<p class="muted small-text">Measuring…</p>`;
    const facts = [
      ['Bit rate', kbits(f.kbps)], ['Frames', f.fps === null ? '–' : `${Math.round(f.fps)} /s`], ['Picture', f.width ? `${f.width} × ${f.height}` : '–'],
      ['Round trip', f.rttMillis === null ? '–' : millis(f.rttMillis)], ['Lost', f.lossPercent === null ? '–' : `${f.lossPercent.toFixed(1)} %`], ['Dropped', f.dropped === null ? '–' : count(f.dropped)],
    ];
    const note = LIMITS[f.limitedBy] ?? (f.lossPercent > LOSSY_PERCENT ? 'Many packets get lost on the way. A cable or a better network helps.' : null);
    return html`<dl class="facts" data-testid="figures">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      ${note ? html`<p class="notice notice-warn small-text">${icon('warn')}<span>${note}</span></p>` : nothing}`;
  }
}
customElements.define('weir-on-air', WeirOnAir);
