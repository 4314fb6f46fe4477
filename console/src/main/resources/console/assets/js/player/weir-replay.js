// The show again, from its recording: the picture with its own controls, and what was pinned when.
import { WeirElement, html, nothing } from '../core/element.js';
import { clock } from '../core/format.js';
import { hlsLibrary } from './hls-source.js';

/**
 * `parts` are recordings, each `{hls, mp4, pins: [{sku, fromMillis, toMillis}]}`: a show whose host came back late has
 * several. Tells `replay-at` {millis, sku} as it plays: where it stands, and what was pinned there, or null.
 */
export class WeirReplay extends WeirElement {
  static properties = { parts: { attribute: false }, part: { state: true }, isBroken: { state: true }, products: { attribute: false } };

  constructor() {
    super();
    this.part = 0;
  }

  get replay() {
    return this.parts[this.part];
  }

  firstUpdated() {
    this.watch();
  }

  updated(changed) {
    if (changed.has('part')) this.load();
  }

  disconnectedCallback() {
    this.hls?.destroy();
    super.disconnectedCallback();
  }

  get video() {
    return this.querySelector('video');
  }

  async load() {
    this.hls?.destroy();
    this.hls = null;
    this.isBroken = false;
    const Hls = this.replay.hls ? await hlsLibrary().catch(() => null) : null;
    if (!this.isConnected) return;
    if (Hls?.isSupported()) this.attach(Hls);
    else this.video.src = this.replay.mp4 ?? this.replay.hls;
  }

  attach(Hls) {
    this.hls = new Hls({ lowLatencyMode: false });
    this.hls.on(Hls.Events.ERROR, (_, error) => {
      if (!error.fatal) return;
      // The file plays where the playlist does not.
      const { currentTime } = this.video;
      this.hls.destroy();
      if (!this.replay.mp4) {
        this.isBroken = true;
        return;
      }
      this.video.src = this.replay.mp4;
      this.video.currentTime = currentTime;
    });
    this.hls.loadSource(this.replay.hls);
    this.hls.attachMedia(this.video);
  }

  get pins() {
    return [...this.replay.pins].sort((a, b) => a.fromMillis - b.fromMillis);
  }

  pinAt = (millis) => this.pins.findLast((pin) => pin.fromMillis <= millis && millis < (pin.toMillis ?? Infinity))?.sku ?? null;

  at(seconds) {
    const millis = Math.round(seconds * 1000);
    this.here = { millis, sku: this.pinAt(millis) };
    this.tell('replay-at', this.here);
  }

  // `timeupdate` comes four times a second, eight pictures late; the player's clock runs ahead of what a busy machine shows.
  watch() {
    this.video.requestVideoFrameCallback?.((_, { mediaTime }) => {
      if (!this.isConnected) return;
      // The picture that was sought began a little before the place that was.
      const seconds = this.isSought ? this.video.currentTime : mediaTime;
      this.isSought = false;
      this.shownAt = seconds;
      if (this.pinAt(Math.round(seconds * 1000)) !== this.here?.sku) this.at(seconds);
      this.watch();
    });
  }

  sought() {
    this.isSought = true;
    this.shownAt = this.video.currentTime;
  }

  passed() {
    this.at(this.shownAt ?? this.video.currentTime);
  }

  render() {
    const title = (sku) => this.products?.find((p) => p.sku === sku)?.title;
    return html`<video data-testid="replay" controls playsinline preload="metadata" aria-label="Replay of the show" @timeupdate=${() => this.passed()} @seeking=${() => this.sought()} @seeked=${() => this.at(this.video.currentTime)} @error=${() => { this.isBroken = true; }}></video>
      ${this.isBroken ? html`<p class="notice notice-bad" role="alert" data-testid="replay-problem"><span>This replay cannot be played at the moment.</span> <button class="button small" @click=${() => this.load()}>Try again</button></p>` : nothing}
      ${this.parts.length > 1 ? html`<div class="replay-pins" role="group" aria-label="Parts of the show">${this.parts.map((_, i) => html`<button class="replay-pin" aria-pressed=${String(i === this.part)} @click=${() => { this.part = i; }}>Part ${i + 1}</button>`)}</div>` : nothing}
      ${this.pins.length ? html`<ol class="replay-pins" aria-label="Shown in this replay">${this.pins.filter((p) => title(p.sku)).map((p) => html`<li><button class="replay-pin" data-testid="replay-pin-${p.sku}" @click=${() => this.go(p)}>
        <span>${clock(p.fromMillis / 1000)}</span>${title(p.sku)}</button></li>`)}</ol>` : nothing}`;
  }

  go(pin) {
    this.video.currentTime = pin.fromMillis / 1000;
    this.video.play().catch(() => undefined);
  }
}
customElements.define('weir-replay', WeirReplay);
