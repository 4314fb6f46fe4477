// Where the encoder sends, and where the hub sends on to.
import { WeirElement, html, nothing } from '../core/element.js';
import { ago, bytes, count } from '../core/format.js';
import { del, get, post } from '../core/api.js';
import { copyButton, load, loaded, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';

const EVERY_MS = 3000;

class WeirIngest extends WeirElement {
  static properties = { showId: {}, ingest: { state: true }, shown: { state: true } };

  willUpdate(changed) {
    if (changed.has('showId') && this.showId) load(this, 'ingest', get(`/api/shows/${encodeURIComponent(this.showId)}/ingest`));
  }

  render() {
    return html`<h3>Encoder</h3>${loaded(this.ingest, (i) => html`<dl class="secrets">
      <div><dt>Server</dt><dd class="mono" data-testid="rtmp-url">${i.rtmpUrl}</dd>${copyButton(i.rtmpUrl, () => toast('Copied.'))}</div>
      <div><dt>Stream key</dt><dd class="mono">${this.shown ? i.streamKey : '••••••••••••'}</dd><span class="actions"><button class="button small" @click=${() => { this.shown = !this.shown; }}>${this.shown ? 'Hide' : 'Show'}</button>${copyButton(i.streamKey, () => toast('Copied.'))}</span></div></dl>
      <p class="hint">In OBS: Settings, Stream, Custom. Key frame interval 2 s, no B-frames.</p>`, nothing)}`;
  }
}
customElements.define('weir-ingest', WeirIngest);

class WeirTargets extends WeirElement {
  static properties = { showId: {}, targets: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => document.hidden || this.refresh(), EVERY_MS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  willUpdate(changed) {
    if (changed.has('showId') && this.showId) this.refresh();
  }

  get base() {
    return `/api/shows/${encodeURIComponent(this.showId)}/targets`;
  }

  refresh = () => load(this, 'targets', get(this.base));

  render() {
    return html`<h3>Stream targets</h3>
      ${loaded(this.targets, ({ items }) => html`<ul class="lines">${items.map((t) => this.target(t))}</ul>`, html`<p class="muted small-text">None yet. The player always gets the stream; add TikTok, Instagram or any RTMP address here.</p>`, this.refresh)}
      <form class="form-grid target-form" @submit=${(e) => this.add(e)}><label>Name<input name="name" required maxlength="60" placeholder="TikTok LIVE"></label>
        <label class="span">Address with key<input name="url" required type="url" pattern="(rtmps?|srt|https?)://.+" title="rtmp://, rtmps://, srt:// or https:// (WHIP)" placeholder="rtmps://push.example/live/key" autocomplete="off"></label>
        <div class="actions"><button class="button" ?disabled=${this.busy}>Add target</button></div></form>`;
  }

  target(t) {
    const facts = [bytes(t.bytes) + ' sent', t.droppedUnits ? `${count(t.droppedUnits)} dropped` : '', t.reconnects ? `${t.reconnects} reconnects` : '', t.nextRetryAt && t.state === 'BACKOFF' ? `next try ${ago(t.nextRetryAt)}` : ''].filter(Boolean).join(' · ');
    return html`<li data-testid="target-${t.id}"><span><b>${t.name}</b> <small class="muted">${facts}</small><small class="muted mono">${t.url}</small>${t.lastError ? html`<small class="bad">${t.lastError}</small>` : nothing}</span>
      <span class="actions">${stateChip(t.state)}<button class="button small danger" aria-label="Remove ${t.name}" @click=${() => this.discard(t)}>Remove</button></span></li>`;
  }

  add(event) {
    event.preventDefault();
    const form = event.target;
    return this.ask(() => post(this.base, { name: form.elements.name.value.trim(), url: form.elements.url.value.trim() }), 'Target added.', () => form.reset());
  }

  discard(t) {
    if (!confirm(`Stop sending to ${t.name} and remove it?`)) return undefined;
    return this.ask(() => del(`${this.base}/${encodeURIComponent(t.id)}`), 'Target removed.');
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
customElements.define('weir-targets', WeirTargets);
