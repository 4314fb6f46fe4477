// Which way the picture comes: WebRTC first, HLS when that is no good, and back, on two stacked video elements so that a
// change is a change of layers at the new one's first frame, never a black screen.
import { HlsSource, hlsLibrary } from './hls-source.js';
import { WhepSource } from './whep-source.js';

const FRAME_MS = 3000;
const ANSWER_MS = 5000;
const HLS_FRAME_MS = 20_000;
// Without a picture by then the library of the other way is fetched, so that a change costs no time.
const DOUBT_MS = 1000;
const WHEP_AGAIN_MS = [10_000, 30_000, 60_000];
const FIRST_POLL_MS = 1500;
const MAX_POLL_MS = 8000;
// A connection that was lost to bad weather must first show that the weather has cleared.
const PROOF_MS = 2500;
const STEADY_MS = 60_000;

const jitter = (ms) => ms * (0.9 + Math.random() * 0.2);

/**
 * `ask()` tells where the media is: `{whep, hls}`. `onChange()` is called after every change of `shown`;
 * `onReady(video)` when an element has something to play.
 */
export class Picture {
  shown = null;
  #videos;
  #ask;
  #onChange;
  #onReady;
  #media = null;
  #pending = null;
  #isOn = false;
  #isStill = false;
  #polls = 0;
  #falls = 0;
  #run = 0;
  #whepNotBefore = 0;
  #timers = { poll: 0, whep: 0 };

  constructor(videos, { ask, onChange, onReady }) {
    this.#videos = videos;
    this.#ask = ask;
    this.#onChange = onChange;
    this.#onReady = onReady;
  }

  get video() {
    return this.shown?.video ?? this.#videos[0];
  }

  begin() {
    this.end();
    this.#isOn = true;
    this.#tune();
  }

  end() {
    this.#isOn = false;
    this.#run++;
    this.#polls = 0;
    this.#falls = 0;
    this.#clearTimers();
    this.#discard(this.#pending);
    this.#pending = null;
    this.#clear();
  }

  /** The host is away: what stands still now is not broken. */
  set isStill(still) {
    this.#isStill = still;
    for (const open of [this.shown, this.#pending]) if (open) open.source.isStill = still;
  }

  /** The network is back: what waits for a later time is tried now. */
  hurry() {
    if (!this.#isOn || this.#pending) return;
    if (!this.shown) this.#tune();
    else if (this.shown.kind === 'hls') this.#tryWhep();
  }

  async #tune() {
    const mine = ++this.#run;
    this.#clearTimers();
    this.#media = await this.#ask();
    if (mine !== this.#run || !this.#isOn) return;
    this.#open(this.#mayWhep && performance.now() >= this.#whepNotBefore ? 'whep' : 'hls');
  }

  get #mayWhep() {
    return Boolean(this.#media?.whep) && WhepSource.isSupported;
  }

  // A full server says when to come again.
  #fell(retryAfterMs) {
    this.#falls++;
    this.#whepNotBefore = performance.now() + (retryAfterMs ?? 0);
  }

  #open(kind) {
    const url = this.#media?.[kind];
    if (!url) {
      this.#later();
      return;
    }
    const video = this.#videos.find((v) => v !== this.shown?.video);
    video.muted = true;
    const opened = { kind, video, timer: 0 };
    const Source = kind === 'whep' ? WhepSource : HlsSource;
    opened.source = new Source(video, url, {
      onReady: () => this.#ready(opened),
      onFrame: () => this.#framed(opened),
      onTrouble: (what) => this.#troubled(opened, what),
    });
    opened.source.isStill = this.#isStill;
    this.#pending = opened;
    this.#expect(opened, kind === 'whep' ? ANSWER_MS : HLS_FRAME_MS);
    if (kind === 'whep') setTimeout(() => opened === this.#pending && hlsLibrary().catch(() => undefined), DOUBT_MS);
    opened.source.start().catch((cause) => this.#troubled(opened, { reason: cause.message, isDead: true }));
  }

  #expect(opened, within) {
    clearTimeout(opened.timer);
    opened.timer = setTimeout(() => this.#troubled(opened, { reason: 'No picture came.', isDead: true }), within);
  }

  #ready(opened) {
    if (opened === this.#pending && opened.kind === 'whep' && !opened.isFramed) this.#expect(opened, FRAME_MS);
    this.#onReady(opened.video);
  }

  #framed(opened) {
    if (opened !== this.#pending) return;
    opened.isFramed = true;
    clearTimeout(opened.timer);
    if (opened.kind === 'hls' || !this.shown) this.#promote(opened);
    else opened.timer = setTimeout(() => (opened.source.isHealthy ? this.#promote(opened) : this.#troubled(opened, { reason: 'Still bad.', isDead: true })), PROOF_MS);
  }

  #promote(opened) {
    const previous = this.shown;
    this.#pending = null;
    this.#polls = 0;
    this.shown = { ...opened, since: performance.now() };
    for (const video of this.#videos) video.classList.toggle('on-air', video === opened.video);
    this.#onChange(previous?.video ?? null);
    this.#discard(previous);
    if (opened.kind === 'hls') this.#whepLater();
    else clearTimeout(this.#timers.whep);
  }

  #troubled(opened, { reason, isDead, retryAfterMs = null }) {
    if (opened !== this.#pending && opened.source !== this.shown?.source) return;
    console.info(`picture by ${opened.source.transport}: ${reason}`);
    if (opened === this.#pending) this.#abandon(opened, retryAfterMs);
    else this.#leave(isDead, retryAfterMs);
  }

  #abandon(opened, retryAfterMs) {
    this.#pending = null;
    this.#discard(opened);
    if (opened.kind === 'whep') {
      this.#fell(retryAfterMs);
      if (this.shown) this.#whepLater();
      else this.#open('hls');
    } else if (!this.shown || this.shown.isDead) {
      this.#later();
    }
  }

  // The old picture stays, frozen or not, until the new one is there.
  #leave(isDead, retryAfterMs) {
    if (this.shown.kind === 'hls') {
      this.#clear();
      if (!this.#pending) this.#tune();
      return;
    }
    if (performance.now() - this.shown.since > STEADY_MS) this.#falls = 0;
    if (isDead) this.shown.isDead = true;
    if (this.#pending) return;
    this.#fell(retryAfterMs);
    this.#open('hls');
  }

  #whepLater() {
    clearTimeout(this.#timers.whep);
    if (!this.#mayWhep) return;
    const step = WHEP_AGAIN_MS[Math.min(Math.max(0, this.#falls - 1), WHEP_AGAIN_MS.length - 1)];
    this.#timers.whep = setTimeout(() => this.#tryWhep(), Math.max(jitter(step), this.#whepNotBefore - performance.now()));
  }

  #tryWhep() {
    clearTimeout(this.#timers.whep);
    if (this.#isOn && this.shown?.kind === 'hls' && !this.#pending && this.#mayWhep) this.#open('whep');
  }

  #later() {
    this.#clear();
    const wait = Math.min(MAX_POLL_MS, FIRST_POLL_MS * 1.6 ** this.#polls++);
    clearTimeout(this.#timers.poll);
    this.#timers.poll = setTimeout(() => this.#isOn && this.#tune(), jitter(wait));
  }

  #clear() {
    const previous = this.shown;
    this.shown = null;
    this.#discard(previous);
    if (previous) this.#onChange(null);
  }

  #discard(opened) {
    clearTimeout(opened?.timer);
    opened?.source.stop();
  }

  #clearTimers() {
    clearTimeout(this.#timers.poll);
    clearTimeout(this.#timers.whep);
  }
}
