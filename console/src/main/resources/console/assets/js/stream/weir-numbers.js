// How the stream does right now: the host in words, four small charts, and the viewers.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { count } from '../core/format.js';
import { stateChip } from '../ui/parts.js';
import { hostState, hostWarnings, hostWords, kbits, millis } from './words.js';
import './weir-spark.js';

export const warningNotes = (warnings) => warnings.map((w) => html`<p class="notice notice-warn small-text">${icon('warn')}<span>${w}</span></p>`);

export class WeirNumbers extends WeirElement {
  static properties = { numbers: { attribute: false } };

  render() {
    const n = this.numbers;
    if (!n) return nothing;
    const history = n.history ?? [];
    const series = (name) => history.map((h) => h[name]);
    return html`<section class="numbers" data-testid="numbers">${this.host(n.host ?? {})}
      ${n.host?.connected || history.length > 1 ? html`<div class="sparks">
        <weir-spark name="Bit rate" .values=${series('kbps')} .say=${kbits}></weir-spark><weir-spark name="Frames" .values=${series('fps')} .say=${(v) => `${Math.round(v)} /s`}></weir-spark>
        <weir-spark name="Watching" .values=${series('viewers')} .say=${count}></weir-spark><weir-spark name="Longest queue" .values=${series('queueMillis')} .say=${millis}></weir-spark></div>
        ${this.viewers(n.viewers)}` : nothing}</section>`;
  }

  host(host) {
    const [words, kind] = hostState(host);
    return html`<div class="host-line"><h3>Host</h3>${stateChip(words, kind)}<p class="muted small-text" data-testid="host-line">${hostWords(host)}</p></div>
      ${warningNotes(hostWarnings(host))}`;
  }

  viewers(v) {
    if (!v) return nothing;
    const facts = [
      ['In real time', `${count(v.whep)}${v.whepTcp ? ` (${count(v.whepTcp)} over TCP)` : ''}`],
      ['Sent to them', kbits(v.kbps)],
      ['First picture', v.joinMillisP95 ? `${millis(v.joinMillisP50)}, slowest ${millis(v.joinMillisP95)}` : '–'],
      ['Packets lost', `${(v.lossPercent ?? 0).toFixed(1)} %`],
      ['Asked again', `${(v.nacksPerSecond ?? 0).toFixed(1)} /s`],
      ['Waiting on HLS', count(v.hlsWaiting)],
    ];
    return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
  }
}
customElements.define('weir-numbers', WeirNumbers);
