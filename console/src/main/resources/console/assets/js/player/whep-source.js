// The picture over WebRTC (WHEP): a fraction of a second behind the host.
import { OfferRefused, removeResource, sendOffer } from '../core/sdp-offer.js';
import { onFirstFrame } from './first-frame.js';
import { WhepHealth } from './whep-health.js';

const WATCH_MS = 1000;
const TELL_AGAIN_MS = 5000;

/** Plays into `video` from `start()` to `stop()`; tells `onFrame()` once and `onTrouble({reason, isDead, retryAfterMs})` while it lasts. */
export class WhepSource {
  transport = 'WebRTC';
  delay = null;
  isStill = false;
  #video;
  #url;
  #handlers;
  #pc = null;
  #resource = null;
  #isStopped = false;
  #health = new WhepHealth();
  #timer = 0;
  #toldAt = -Infinity;
  #onScreen = null;
  #cancelFrame = null;
  #leave = () => this.#remove();

  constructor(video, url, handlers) {
    this.#video = video;
    this.#url = url;
    this.#handlers = handlers;
  }

  static get isSupported() {
    return typeof RTCPeerConnection === 'function';
  }

  /** Lost packets stay under the limit, as far as is known. */
  get isHealthy() {
    return this.#health.trouble === null && this.#health.loss < 0.05;
  }

  async start() {
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    this.#pc = pc;
    for (const kind of ['video', 'audio']) pc.addTransceiver(kind, { direction: 'recvonly' });
    const stream = new MediaStream();
    pc.ontrack = ({ track }) => stream.addTrack(track);
    pc.onconnectionstatechange = () => this.#watchState(pc.connectionState);
    this.#video.srcObject = stream;
    this.#cancelFrame = onFirstFrame(this.#video, () => this.#isStopped || this.#handlers.onFrame());
    addEventListener('pagehide', this.#leave);
    try {
      this.#resource = await sendOffer(pc, this.#url);
    } catch (failure) {
      if (!(failure instanceof OfferRefused)) throw failure;
      this.#trouble({ reason: failure.text, isDead: true, retryAfterMs: failure.retryAfterMs });
      return;
    }
    if (this.#isStopped) {
      this.#remove();
      return;
    }
    for (const { transport } of pc.getReceivers()) if (transport) transport.onstatechange = () => this.#watchState(transport.state);
    this.#timer = setInterval(() => this.#watch(), WATCH_MS);
    this.#handlers.onReady();
  }

  #watchState(state) {
    if (state === 'failed' || state === 'closed') this.#trouble({ reason: `The connection has ${state === 'failed' ? 'failed' : 'been closed'}.`, isDead: true });
  }

  async #watch() {
    const report = await this.#pc.getStats();
    if (this.#isStopped) return;
    this.#health.read(report, { isStill: this.isStill, onScreen: this.#onScreen });
    this.#sampleScreen();
    this.delay = this.#health.delay;
    const { trouble } = this.#health;
    if (trouble && performance.now() - this.#toldAt > TELL_AGAIN_MS) {
      this.#toldAt = performance.now();
      this.#trouble({ reason: trouble === 'loss' ? 'Too many packets are lost.' : 'The picture stands still.', isDead: false });
    }
  }

  #sampleScreen() {
    this.#video.requestVideoFrameCallback?.((_, { expectedDisplayTime, receiveTime }) => {
      if (!receiveTime) return;
      const now = Math.max(0, expectedDisplayTime - receiveTime) / 1000;
      this.#onScreen = this.#onScreen === null ? now : this.#onScreen * 0.7 + now * 0.3;
    });
  }

  #trouble(what) {
    if (!this.#isStopped) this.#handlers.onTrouble({ retryAfterMs: null, ...what });
  }

  #remove() {
    removeResource(this.#resource);
    this.#resource = null;
  }

  stop() {
    if (this.#isStopped) return;
    this.#isStopped = true;
    clearInterval(this.#timer);
    removeEventListener('pagehide', this.#leave);
    this.#cancelFrame?.();
    this.#pc?.close();
    this.#remove();
    this.#video.srcObject = null;
  }
}
