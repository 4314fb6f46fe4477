// The picture over HLS: a second or two late, but it passes every network that a web page passes.
import { onFirstFrame } from './first-frame.js';
import { LivePace } from './live-pace.js';

const BEHIND_S = 8;

export const hlsLibrary = async () => {
  await import('hls.js');
  return globalThis.Hls;
};

const CONFIG = {
  lowLatencyMode: true,
  // Our own pace keeps it at the edge; the library's needs a buffer that low delay does not have.
  maxLiveSyncPlaybackRate: 1,
  backBufferLength: BEHIND_S,
  maxBufferLength: 10,
  liveDurationInfinity: true,
};

/** Plays into `video` from `start()` to `stop()`; tells `onFrame()` once, and `onTrouble({reason, isDead})` when it cannot go on. */
export class HlsSource {
  transport = 'HLS';
  isHealthy = true;
  isStill = false;
  #video;
  #url;
  #handlers;
  #hls = null;
  #pace = null;
  #isStopped = false;
  #isMended = false;
  #cancelFrame = null;

  constructor(video, url, handlers) {
    this.#video = video;
    this.#url = url;
    this.#handlers = handlers;
  }

  get delay() {
    return this.#hls?.latency > 0 ? this.#hls.latency : null;
  }

  async start() {
    if (!(await this.#isServed())) {
      this.#trouble('The stream is not there.');
      return;
    }
    const Hls = await hlsLibrary().catch(() => null);
    if (this.#isStopped) return;
    this.#cancelFrame = onFirstFrame(this.#video, () => this.#isStopped || this.#handlers.onFrame());
    if (Hls?.isSupported()) this.#attach(Hls);
    else this.#playNatively();
  }

  async #isServed() {
    try {
      return (await fetch(this.#url, { cache: 'no-store' })).ok;
    } catch {
      return false;
    }
  }

  #attach(Hls) {
    const hls = new Hls(CONFIG);
    this.#hls = hls;
    this.#pace = new LivePace(hls, this.#video);
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.#handlers.onReady());
    hls.on(Hls.Events.ERROR, (_, error) => {
      if (error.details === Hls.ErrorDetails.BUFFER_STALLED_ERROR) this.#pace.stalled();
      if (!error.fatal) return;
      if (error.type === Hls.ErrorTypes.MEDIA_ERROR && !this.#isMended) {
        this.#isMended = true;
        hls.recoverMediaError();
      } else {
        this.#trouble(`HLS: ${error.details}`);
      }
    });
    hls.loadSource(this.#url);
    hls.attachMedia(this.#video);
  }

  #playNatively() {
    this.#video.src = this.#url;
    this.#video.onerror = () => this.#trouble('The stream cannot be played.');
    this.#video.onended = () => this.#trouble('The stream has ended.');
    this.#handlers.onReady();
  }

  /** After a pause: where the host is now, not where the viewer stopped. */
  toEdge() {
    this.#pace?.toEdge();
  }

  #trouble(reason) {
    if (!this.#isStopped) this.#handlers.onTrouble({ reason, isDead: true, retryAfterMs: null });
  }

  stop() {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#cancelFrame?.();
    this.#pace?.stop();
    this.#hls?.destroy();
    this.#hls = null;
    this.#video.onerror = null;
    this.#video.onended = null;
    if (this.#video.getAttribute('src')) {
      this.#video.removeAttribute('src');
      this.#video.load();
    }
  }
}
