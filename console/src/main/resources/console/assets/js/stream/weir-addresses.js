// Where a host's encoder sends to, each way with its key, ready to be copied.
import { WeirElement, html, nothing } from '../core/element.js';
import { get } from '../core/api.js';
import { copyButton, load, loaded } from '../ui/parts.js';
import { toast } from '../ui/toast.js';

// An SRT address carries its passphrase and its stream id behind the question mark.
const veiled = (url) => url.replace(/\?.*/, '?••••••••');

const WAYS = [
  { id: 'rtmp', name: 'RTMP', field: 'rtmpUrl', hint: 'OBS: Settings, Stream, Service “Custom”. Server and stream key as above; its other settings do as they are. A key frame interval of 2 s and no B-frames spare the hub a re-encode.' },
  { id: 'rtmps', name: 'RTMPS', field: 'rtmpsUrl', hint: 'The same as RTMP, encrypted on the way.' },
  { id: 'whip', name: 'WHIP', field: 'whipUrl', hint: 'OBS: Service “WHIP”, the stream key is the Bearer token. Lowest delay.' },
  { id: 'srt', name: 'SRT', field: 'srtUrl', hint: 'OBS: Service “Custom”, the whole address as server, no key. Good over a bad line.', isWhole: true },
];

export class WeirAddresses extends WeirElement {
  static properties = { showId: {}, ingest: { state: true }, way: { state: true }, shown: { state: true } };

  constructor() {
    super();
    this.way = 'rtmp';
  }

  willUpdate(changed) {
    if (changed.has('showId') && this.showId) load(this, 'ingest', get(`/api/shows/${encodeURIComponent(this.showId)}/ingest`));
  }

  render() {
    return html`<div class="card-head"><h3>Encoder</h3>${loaded(this.ingest, (i) => this.ways(i), nothing)}</div>
      ${this.ingest?.value ? this.address(this.ingest.value) : nothing}`;
  }

  ways = (i) => html`<div class="segments" role="group" aria-label="Protocol">${WAYS.filter((w) => i[w.field]).map((w) => html`<button type="button" data-testid="way-${w.id}" aria-pressed=${String(w.id === this.way)} @click=${() => { this.way = w.id; }}>${w.name}</button>`)}</div>`;

  address(i) {
    const way = WAYS.find((w) => w.id === this.way);
    const url = i[way.field];
    return html`<dl class="secrets">
      <div><dt>${way.isWhole ? 'Address' : 'Server'}</dt><dd class="mono" data-testid="${way.id}-url">${way.isWhole && !this.shown ? veiled(url) : url}</dd><span class="actions">${way.isWhole ? this.revealer() : nothing}${this.copy(url)}</span></div>
      ${way.isWhole ? nothing : html`<div><dt>${way.id === 'whip' ? 'Bearer token' : 'Stream key'}</dt><dd class="mono">${this.shown ? i.streamKey : '••••••••••••'}</dd><span class="actions">${this.revealer()}${this.copy(i.streamKey)}</span></div>`}</dl>
      <p class="hint">${way.hint}</p>`;
  }

  revealer = () => html`<button type="button" class="button small" aria-pressed=${String(Boolean(this.shown))} @click=${() => { this.shown = !this.shown; }}>${this.shown ? 'Hide' : 'Show'}</button>`;

  copy = (text) => copyButton(text, () => toast('Copied.'));
}
customElements.define('weir-addresses', WeirAddresses);
