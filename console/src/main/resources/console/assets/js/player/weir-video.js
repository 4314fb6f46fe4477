// The picture of a show with its controls: muted at first because browsers allow only that, recovering by itself.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { Picture } from './picture.js';

const MEASURE_MS = 1000;
const inWords = (seconds) => (seconds < 1 ? `${Math.max(10, Math.round(seconds * 100) * 10)} ms` : `${seconds.toFixed(1)} s`);
const IN_WORDS = { WebRTC: 'Real-time connection', HLS: 'Low-delay connection' };

export class WeirVideo extends WeirElement {
  static properties = {
    showId: {}, active: { type: Boolean }, still: { type: Boolean }, bare: { type: Boolean }, muted: { state: true }, paused: { state: true },
    transport: { state: true }, delay: { state: true }, blocked: { state: true }, hasCaptions: { state: true },
  };

  constructor() {
    super();
    this.muted = true;
    this.delay = null;
    this.wantsSound = false;
    this.onPageShow = (event) => event.persisted && this.picture?.hurry();
    this.onOnline = () => this.picture?.hurry();
  }

  connectedCallback() {
    super.connectedCallback();
    this.clock = setInterval(() => this.measure(), MEASURE_MS);
    addEventListener('pageshow', this.onPageShow);
    addEventListener('online', this.onOnline);
  }

  disconnectedCallback() {
    clearInterval(this.clock);
    removeEventListener('pageshow', this.onPageShow);
    removeEventListener('online', this.onOnline);
    this.picture?.end();
    super.disconnectedCallback();
  }

  get video() {
    return this.picture?.video ?? this.querySelector('video');
  }

  firstUpdated() {
    this.picture = new Picture([...this.querySelectorAll('video')], {
      ask: () => this.ask(),
      onChange: (previous) => this.changed(previous),
      onReady: (video) => this.play(video),
    });
  }

  updated(changed) {
    this.picture.isStill = this.still;
    if (!changed.has('active') && !changed.has('showId')) return;
    if (this.active && this.showId) this.picture.begin();
    else this.picture.end();
  }

  /** Where the media is; a hub that cannot say has it at the usual places. */
  async ask() {
    const id = encodeURIComponent(this.showId);
    const usual = { whep: `/whep/${id}`, hls: `/live/${id}/index.m3u8` };
    try {
      const response = await fetch(`/api/shows/${id}/media`, { cache: 'no-store' });
      if (!response.ok) return usual;
      const media = await response.json();
      this.tell('video-media', media);
      return media;
    } catch {
      return usual;
    }
  }

  render() {
    return html`<div class="layers">${[0, 1].map((i) => html`<video class="layer" data-testid=${i ? nothing : 'video'} playsinline autoplay muted .muted=${true} aria-label="Live video"
        @volumechange=${(e) => this.heard(e.target)} @pause=${(e) => this.pausedOn(e.target)} @play=${(e) => this.pausedOn(e.target)} @click=${() => this.toggleSound()}></video>`)}</div>
      ${this.bare ? nothing : this.controls()}
      ${this.blocked || (this.paused && this.transport) ? html`<button class="tap-for-sound" data-testid="tap-to-play" @click=${() => this.resume()}>${icon('play')} ${this.blocked ? 'Tap to play' : 'Paused. Back to live'}</button>`
        : this.transport && this.muted ? html`<button class="tap-for-sound" data-testid="unmute" @click=${() => this.toggleSound()}>${icon('muted')} Tap for sound</button>` : nothing}`;
  }

  controls() {
    if (!this.transport) return nothing;
    return html`<div class="video-tools"><span class="video-badge" data-testid="video-badge" title="${IN_WORDS[this.transport]}${this.delay === null ? '' : `, ${inWords(this.delay)} behind the host`}">${this.transport}${this.delay === null ? nothing : html` <b>${inWords(this.delay)}</b>`}</span>
      <button class="icon-button" data-testid="mute" aria-label=${this.muted ? 'Sound on' : 'Sound off'} aria-keyshortcuts="m" @click=${() => this.toggleSound()}>${icon(this.muted ? 'muted' : 'sound')}</button>
      ${this.hasCaptions ? html`<button class="icon-button" aria-label="Captions" aria-keyshortcuts="c" @click=${() => this.toggleCaptions()}>${icon('captions')}</button>` : nothing}
      ${document.pictureInPictureEnabled ? html`<button class="icon-button" data-testid="pip" aria-label="Picture in picture" @click=${() => this.togglePip()}>${icon('pip')}</button>` : nothing}
      <button class="icon-button" data-testid="fullscreen" aria-label="Full screen" aria-keyshortcuts="f" @click=${() => this.toggleFullscreen()}>${icon('full')}</button></div>`;
  }

  /** Answers whether the key was one of the player's. */
  key({ key }) {
    if (key === 'm') this.toggleSound();
    else if (key === ' ' || key === 'k') this.togglePause();
    else if (key === 'f') this.toggleFullscreen();
    else if (key === 'c' && this.hasCaptions) this.toggleCaptions();
    else return false;
    return true;
  }

  // The new picture is on top: it takes over the sound, the pause and the picture in picture of the one below.
  async changed(previous) {
    const { shown, video } = this.picture;
    this.transport = shown?.source.transport ?? null;
    this.delay = shown?.source.delay ?? null;
    for (const one of this.querySelectorAll('video')) one.toggleAttribute('data-testid', false);
    video.setAttribute('data-testid', 'video');
    this.hasCaptions = video.textTracks.length > 0;
    this.announce();
    if (!shown) return;
    if (previous && previous === document.pictureInPictureElement) video.requestPictureInPicture().catch(() => undefined);
    if (this.wantsSound) {
      if (previous) previous.muted = true;
      video.muted = false;
      await this.play(video);
    }
    this.muted = video.muted;
    if (this.paused) video.pause();
  }

  heard(video) {
    if (video === this.video) this.muted = video.muted;
  }

  // Only a pause that somebody asked for counts: losing its source also pauses an element.
  pausedOn(video) {
    if (video === this.picture.shown?.video && video.readyState > 0) this.paused = video.paused;
  }

  toggleSound() {
    const { video } = this;
    video.muted = !video.muted;
    this.wantsSound = !video.muted;
    // iOS lets only elements sound that were touched in a gesture, and the other one may be the next on air.
    for (const spare of this.querySelectorAll('video')) if (spare !== video && !spare.srcObject && !spare.src) spare.load();
    this.play(video);
  }

  togglePause() {
    if (this.video.paused) this.resume();
    else this.video.pause();
  }

  resume() {
    this.picture.shown?.source.toEdge?.();
    return this.play(this.video);
  }

  toggleCaptions() {
    for (const track of this.video.textTracks) track.mode = track.mode === 'showing' ? 'hidden' : 'showing';
  }

  togglePip() {
    const leaving = document.pictureInPictureElement;
    (leaving ? document.exitPictureInPicture() : this.video.requestPictureInPicture()).catch(() => undefined);
  }

  // The whole stage goes full screen, so that the viewer can go on buying; iPhones know only the video's own.
  toggleFullscreen() {
    const stage = this.closest('.stage') ?? this;
    if (document.fullscreenElement) document.exitFullscreen();
    else if (stage.requestFullscreen) stage.requestFullscreen().catch(() => undefined);
    else this.video.webkitEnterFullscreen?.();
  }

  async play(video) {
    try {
      await video.play();
      if (video === this.video) this.blocked = false;
    } catch (refusal) {
      if (refusal.name !== 'NotAllowedError') return;
      if (video.muted) {
        this.blocked = true;
      } else {
        this.wantsSound = false;
        video.muted = true;
        video.play().catch(() => undefined);
      }
    }
  }

  measure() {
    const delay = this.picture?.shown?.source.delay ?? null;
    if (delay === this.delay) return;
    this.delay = delay;
    this.announce();
  }

  announce() {
    this.tell('video-delay', { seconds: this.delay, playing: Boolean(this.transport), transport: this.transport });
  }
}
customElements.define('weir-video', WeirVideo);
