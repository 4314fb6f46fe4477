// The picture: HLS at low delay, muted at first because browsers allow only that, recovering by itself.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';

const FIRST_POLL_MS = 1500;
const MAX_POLL_MS = 8000;

const hlsLibrary = async () => {
  await import('hls.js');
  return globalThis.Hls;
};

export class WeirVideo extends WeirElement {
  static properties = {
    showId: {}, active: { type: Boolean }, muted: { state: true }, playing: { state: true }, delay: { state: true }, blocked: { state: true },
  };

  constructor() {
    super();
    this.muted = true;
    this.playing = false;
    this.polls = 0;
    this.generation = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.clock = setInterval(() => this.measure(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.clock);
    this.stop();
    super.disconnectedCallback();
  }

  get video() {
    return this.querySelector('video');
  }

  updated(changed) {
    if (!changed.has('active') && !changed.has('showId')) return;
    if (this.active && this.showId) this.start();
    else this.stop();
  }

  render() {
    return html`<video data-testid="video" playsinline autoplay muted .muted=${true} aria-label="Live video" @playing=${() => { this.playing = true; this.blocked = false; this.polls = 0; }}
        @emptied=${() => { this.playing = false; }} @volumechange=${() => { this.muted = this.video.muted; }} @click=${() => this.toggleSound()}></video>
      ${this.playing && this.blocked !== true && this.muted ? html`<button class="tap-for-sound" @click=${() => this.toggleSound()}>${icon('muted')} Tap for sound</button>` : nothing}
      ${this.blocked ? html`<button class="tap-for-sound" @click=${() => this.play()}>Tap to play</button>` : nothing}`;
  }

  toggleSound() {
    this.video.muted = !this.video.muted;
    this.play();
  }

  async start() {
    const mine = ++this.generation;
    const url = `/live/${encodeURIComponent(this.showId)}/index.m3u8`;
    this.teardown();
    if (!(await this.isServed(url))) return this.later(mine);
    if (mine !== this.generation) return;
    const Hls = await hlsLibrary().catch(() => null);
    if (mine !== this.generation) return;
    if (Hls?.isSupported()) this.attach(Hls, url, mine);
    else this.playNatively(url, mine);
  }

  async isServed(url) {
    try {
      return (await fetch(url, { method: 'GET', cache: 'no-store' })).ok;
    } catch {
      return false;
    }
  }

  later(mine) {
    if (mine !== this.generation) return;
    this.playing = false;
    const wait = Math.min(MAX_POLL_MS, FIRST_POLL_MS * 1.6 ** this.polls++);
    this.timer = setTimeout(() => mine === this.generation && this.start(), wait);
  }

  attach(Hls, url, mine) {
    // A playback rate above 1 lets a player that stalled catch up; without it the delay only ever grows.
    const hls = new Hls({ lowLatencyMode: true, maxLiveSyncPlaybackRate: 1.15, backBufferLength: 20, liveDurationInfinity: true });
    this.hls = hls;
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.play());
    hls.on(Hls.Events.ERROR, (_, error) => {
      if (!error.fatal || mine !== this.generation) return;
      if (error.type === Hls.ErrorTypes.MEDIA_ERROR && !this.mended) {
        this.mended = true;
        hls.recoverMediaError();
      } else {
        this.teardown();
        this.later(mine);
      }
    });
    hls.loadSource(url);
    hls.attachMedia(this.video);
  }

  playNatively(url, mine) {
    this.video.src = url;
    this.video.onerror = () => this.later(mine);
    this.video.onended = () => this.later(mine);
    this.play();
  }

  async play() {
    try {
      await this.video.play();
      this.blocked = false;
    } catch (refusal) {
      this.blocked = refusal.name === 'NotAllowedError';
    }
  }

  measure() {
    const video = this.video;
    const delay = this.playing && this.hls?.latency > 0 ? this.hls.latency : null;
    if (delay !== this.delay) {
      this.delay = delay;
      this.tell('video-delay', { seconds: delay, playing: this.playing && !video?.paused });
    }
  }

  teardown() {
    this.mended = false;
    this.hls?.destroy();
    this.hls = null;
    if (this.video?.getAttribute('src')) {
      this.video.removeAttribute('src');
      this.video.load();
    }
  }

  stop() {
    this.generation++;
    clearTimeout(this.timer);
    this.teardown();
    this.playing = false;
    this.polls = 0;
  }
}
customElements.define('weir-video', WeirVideo);
