// Going live from a browser: choose camera and microphone, look, send, and keep sending.
import { html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { compact } from '../core/format.js';
import { get, post } from '../core/api.js';
import { StaffPage } from '../ui/shell.js';
import { load, problemNote, skeleton, stateChip } from '../ui/parts.js';
import { failed, toast } from '../ui/toast.js';
import { ShowState } from '../player/show-state.js';
import { NOT_SECURE, canCapture, canShareScreen } from './capture.js';
import { Sources } from './sources.js';
import { WhipPublisher } from './whip-publisher.js';
import { airState } from './weir-on-air.js';
import '../stream/weir-addresses.js';
import './weir-level.js';

// This page comes from the hub, so its own address is right whatever name the hub is known by outside.
const WHIP = '/whip';

const slugOf = () => decodeURIComponent(location.pathname.split('/').filter(Boolean)[1] ?? '');

export class WeirStudio extends StaffPage {
  static properties = { publisher: { state: true }, since: { state: true }, ingest: { state: true }, starting: { state: true } };

  constructor() {
    super();
    this.heading = 'the studio';
    this.audience = 'hosts and producers';
    this.state = new ShowState(this);
    this.sources = new Sources(this, { onTrack: (kind, track) => this.publisher?.replace(kind, track) });
    this.beforeLeaving = (event) => this.publisher?.isOn && event.preventDefault();
    this.onVisible = () => document.hidden || this.stayAwake();
  }

  async enter() {
    addEventListener('beforeunload', this.beforeLeaving);
    document.addEventListener('visibilitychange', this.onVisible);
    await this.state.open(slugOf());
    if (!this.state.show) return;
    document.title = `Go live: ${this.state.show.title} · Weir`;
    await load(this, 'ingest', get(`/api/shows/${encodeURIComponent(this.state.show.id)}/ingest`));
  }

  leave() {
    removeEventListener('beforeunload', this.beforeLeaving);
    document.removeEventListener('visibilitychange', this.onVisible);
    if (this.publisher?.isOn) this.publisher.stop();
    this.sources.close();
    this.state.close();
  }

  updated() {
    const preview = this.querySelector('.studio-stage video');
    const { video } = this.sources;
    if (!preview || preview.srcObject?.getVideoTracks()[0] === video) return;
    preview.srcObject = video ? new MediaStream([video]) : null;
  }

  page() {
    const { show, problem } = this.state;
    if (problem) return problemNote(problem, () => { this.state.set({ problem: null }); this.enter(); });
    if (!show) return skeleton(6);
    return html`<div class="page-head"><div><h1>Go live</h1><p class="muted">${show.title} · ${show.host} ${stateChip(show.state)}</p></div>
        <div class="actions"><a class="button" href="/shows/${show.slug}" target="_blank" rel="noopener">${icon('eye')} Player</a><a class="button" href="/cockpit?show=${show.id}" target="_blank" rel="noopener">Cockpit</a></div></div>
      ${this.notes(show)}
      <div class="studio"><div class="studio-stage ${this.sources.shape === 'wide' && !this.sources.screen ? 'studio-wide' : ''}">${this.stage(show)}</div>
        <div class="stack"><weir-on-air .publisher=${this.publisher} .state=${this.publisher?.state} .figures=${this.publisher?.figures} .since=${this.since} .ready=${Boolean(this.sources.video && this.ingest?.value?.whipUrl)} @go=${() => this.go()} @halt=${() => this.halt()}></weir-on-air>
          ${this.choices()}
          <section class="card"><h2>With another encoder</h2><p class="muted small-text">OBS, FFmpeg or a hardware encoder send to the same show with these. The newest one to come takes over.</p><weir-addresses .showId=${show.id}></weir-addresses></section></div></div>`;
  }

  notes(show) {
    const problems = [...Object.values(this.sources.problems).filter(Boolean), canCapture() ? null : NOT_SECURE].filter(Boolean);
    return html`${this.ingest?.problem ? problemNote(this.ingest.problem, () => this.enter()) : nothing}
      ${this.ingest?.value && !this.ingest.value.whipUrl ? html`<p class="notice notice-warn">${icon('warn')}<span>This hub takes no stream from browsers. Use another encoder with the address below.</span></p>` : nothing}
      ${problems.map((p) => html`<p class="notice notice-bad" role="alert" data-testid="capture-problem"><span>${p}</span></p>`)}
      ${show.state === 'PLANNED' ? html`<p class="notice"><span>The show has not started: viewers see its waiting page until it does.</span><button class="button small" data-testid="start-show" ?disabled=${this.starting} @click=${() => this.startShow()}>Start show</button></p>` : nothing}
      ${show.state === 'ENDED' ? html`<p class="notice notice-warn">${icon('warn')}<span>This show has ended, so the hub takes no stream for it any more.</span></p>` : nothing}`;
  }

  stage(show) {
    const { sources } = this;
    if (!sources.isOpen) {
      return html`<div class="studio-empty">${icon('camera')}<p>Your picture appears here first, and nowhere else until you go live.</p>
        <button class="button primary" data-testid="open-camera" ?disabled=${sources.isOpening || !canCapture()} @click=${() => sources.open()}>${sources.isOpening ? 'Waiting for your permission…' : 'Turn on camera and microphone'}</button></div>`;
    }
    const [words, kind] = airState(this.publisher);
    return html`<video autoplay playsinline muted .muted=${true} data-testid="preview" aria-label="Your picture"></video>
      <div class="studio-top">${stateChip(words, kind)}${this.publisher?.isOn ? html`<span class="chip chip-dark">${compact(show.viewers)} watching</span>` : nothing}</div>
      <div class="studio-tools" role="group" aria-label="Camera, microphone and screen">
        ${this.tool(sources.isMuted ? 'micOff' : 'mic', sources.isMuted ? 'Unmute the microphone' : 'Mute the microphone', () => sources.mute(!sources.isMuted), 'mute-mic', sources.isMuted, !sources.microphone)}
        ${sources.cameras.length > 1 ? this.tool('refresh', 'Next camera', () => sources.flip(), 'flip', false, Boolean(sources.screen)) : nothing}
        ${canShareScreen() ? this.tool('screen', sources.screen ? 'Back to the camera' : 'Share the screen', () => sources.toggleScreen(), 'share-screen', Boolean(sources.screen)) : nothing}</div>`;
  }

  tool = (name, label, act, testid, isOn, isOff = false) => html`<button class="icon-button ${isOn ? 'tool-on' : ''}" title=${label} aria-label=${label} aria-pressed=${String(isOn)} data-testid=${testid} ?disabled=${isOff} @click=${act}>${icon(name)}</button>`;

  choices() {
    const { sources } = this;
    if (!sources.isOpen) return nothing;
    const { width, height, frameRate } = sources.video?.getSettings?.() ?? {};
    return html`<section class="card" aria-labelledby="sources-title"><div class="card-head"><h2 id="sources-title">Picture and sound</h2>${width ? html`<small class="muted" data-testid="capture-size">${width} × ${height}${frameRate ? `, ${Math.round(frameRate)} frames/s` : ''}</small>` : nothing}</div>
      ${this.select('Camera', 'camera', sources.cameras, sources.camera, (deviceId) => sources.useCamera({ deviceId }))}
      <div class="segments" role="group" aria-label="Shape of the picture">${[['upright', 'Upright 9:16'], ['wide', 'Wide 16:9']].map(([id, name]) => html`<button type="button" aria-pressed=${String(sources.shape === id)} @click=${() => sources.reshape(id)}>${name}</button>`)}</div>
      ${this.select('Microphone', 'microphone', sources.microphones, sources.microphone, (deviceId) => sources.useMicrophone({ deviceId }))}
      <weir-level .track=${sources.microphone} .muted=${sources.isMuted}></weir-level></section>`;
  }

  select(name, testid, devices, track, choose) {
    const current = track?.getSettings().deviceId;
    return html`<label>${name}<select data-testid=${testid} @change=${(e) => choose(e.target.value)}>${track ? nothing : html`<option value="" selected disabled>None</option>`}
      ${devices.map((d) => html`<option value=${d.id} ?selected=${d.id === current}>${d.name}</option>`)}</select></label>`;
  }

  go() {
    this.publisher = new WhipPublisher({ url: WHIP, key: this.ingest.value.streamKey, tracks: () => ({ video: this.sources.video, audio: this.sources.microphone }), onChange: () => this.publisherChanged() });
    this.since = null;
    this.publisher.start();
  }

  publisherChanged() {
    if (this.publisher.state === 'live') {
      this.since ??= Date.now();
      this.stayAwake();
    } else if (!this.publisher.isOn) {
      this.wake?.release().catch(() => undefined);
      this.wake = null;
    }
    this.requestUpdate();
  }

  // A phone that goes to sleep would take the show with it.
  async stayAwake() {
    if (this.publisher?.state !== 'live' || (this.wake && !this.wake.released)) return;
    this.wake = await navigator.wakeLock?.request('screen').catch(() => null);
  }

  halt() {
    if (confirm('Stop sending? Viewers see a slate for half a minute, then the stream ends.')) this.publisher.stop();
  }

  async startShow() {
    this.starting = true;
    try {
      await post(`/api/shows/${encodeURIComponent(this.state.show.id)}/start`);
      await this.state.refresh();
      toast('The show is on.');
    } catch (failure) {
      failed(failure);
    } finally {
      this.starting = false;
    }
  }
}
customElements.define('weir-studio', WeirStudio);
