// Sends tracks to the hub by WHIP (RFC 9725) and keeps them there: a lost connection is made anew until `stop()`, one
// that went to another tab or device is not, because the two would take it from each other for ever.
import { removeResource, sendOffer } from '../core/sdp-offer.js';
import { SendFigures } from './send-figures.js';

const MAX_KBPS = 3500;
const AGAIN_MS = [1000, 2000, 4000, 8000, 15_000];
const LOST_MS = 4000;
const WATCH_MS = 1000;
const CONNECT_MS = 10_000;

// Targets and players take H.264 as it is; anything else would have to be made anew for them.
function onlyH264(transceiver) {
  const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
  const h264 = codecs.filter((c) => c.mimeType === 'video/H264' && /packetization-mode=1/.test(c.sdpFmtpLine ?? ''));
  const isPlain = (c) => /profile-level-id=42e0/.test(c.sdpFmtpLine);
  h264.sort((a, b) => isPlain(b) - isPlain(a));
  if (h264.length && transceiver.setCodecPreferences) transceiver.setCodecPreferences([...h264, ...codecs.filter((c) => c.mimeType === 'video/rtx')]);
}

// Every other size of picture is a change of codec settings, for which targets have to connect anew: rather fewer pictures.
function keepSize(sender) {
  const settings = sender.getParameters();
  settings.degradationPreference = 'maintain-resolution';
  sender.setParameters(settings).catch(() => undefined);
}

/**
 * States: `idle`, `connecting`, `live`, `waiting` (for the next try), `refused` (a repeat cannot mend it), `taken` (another
 * with the same key sends now), `ended`.
 * `onChange()` is called after every change of `state`, `figures`, `problem` or `nextTryAt`.
 */
export class WhipPublisher {
  state = 'idle';
  figures = null;
  problem = null;
  nextTryAt = null;
  wasLive = false;
  #url;
  #key;
  #tracks;
  #onChange;
  #pc = null;
  #resource = null;
  #left = null;
  #tries = 0;
  #timers = { again: 0, lost: 0, watch: 0 };
  #onOnline = () => this.state === 'waiting' && this.#connect();
  #onPageHide = () => removeResource(this.#resource, this.#authorisation);

  /** `tracks()` gives `{video, audio}`, either of which may be null. */
  constructor({ url, key, tracks, onChange }) {
    this.#url = url;
    this.#key = key;
    this.#tracks = tracks;
    this.#onChange = onChange;
  }

  get isOn() {
    return ['connecting', 'live', 'waiting'].includes(this.state);
  }

  get #authorisation() {
    return { Authorization: `Bearer ${this.#key}` };
  }

  start() {
    this.wasLive = false;
    this.#tries = 0;
    addEventListener('online', this.#onOnline);
    addEventListener('pagehide', this.#onPageHide);
    return this.#connect();
  }

  async #connect() {
    this.#close();
    this.#set({ state: 'connecting', nextTryAt: null });
    if (this.#left && !await this.#hasLeft()) return;
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    this.#pc = pc;
    pc.onconnectionstatechange = () => pc === this.#pc && this.#watchState(pc.connectionState);
    this.#timers.lost = setTimeout(() => this.#lost('The hub did not answer in time.'), CONNECT_MS);
    this.#add(pc);
    try {
      const resource = await sendOffer(pc, this.#url, this.#authorisation);
      if (pc === this.#pc) this.#accepted(pc, resource);
      else removeResource(resource, this.#authorisation);
    } catch (refusal) {
      if (pc !== this.#pc) return;
      if (refusal.isFinal) this.#end({ state: 'refused', problem: refusal.text });
      else this.#lost(refusal.text, { retryAfterMs: refusal.retryAfterMs });
    }
  }

  /** Ends the session that was lost, and the publisher too when another has its place by now. */
  async #leave() {
    const left = this.#left;
    const how = await removeResource(left, this.#authorisation);
    if (left !== this.#left || how === 'unreachable') return;
    if (how === 'taken-over') this.#end({ state: 'taken', problem: null });
    this.#left = null;
  }

  /** False as long as the hub cannot say whose the place is, and when this try has ended meanwhile. */
  async #hasLeft() {
    const left = this.#left;
    await this.#leave();
    if (this.#left === left) this.#lost('No connection to the media server.', { isAsked: true });
    return this.state === 'connecting' && !this.#pc;
  }

  #accepted(pc, resource) {
    this.#resource = resource;
    // A hub that ends the session says so here, seconds before the missing packets would.
    const { transport } = pc.getSenders()[0];
    if (transport) transport.onstatechange = () => pc === this.#pc && ['closed', 'failed'].includes(transport.state) && this.#watchState(transport.state);
  }

  #add(pc) {
    const { video, audio } = this.#tracks();
    const picture = pc.addTransceiver(video ?? 'video', { direction: 'sendonly', sendEncodings: [{ maxBitrate: MAX_KBPS * 1000, maxFramerate: 30 }] });
    onlyH264(picture);
    keepSize(picture.sender);
    pc.addTransceiver(audio ?? 'audio', { direction: 'sendonly' });
  }

  #watchState(state) {
    if (state === 'connected') {
      clearTimeout(this.#timers.lost);
      clearInterval(this.#timers.watch);
      this.#tries = 0;
      this.wasLive = true;
      const figures = new SendFigures(this.#pc);
      this.#timers.watch = setInterval(async () => this.#set({ figures: await figures.read() }), WATCH_MS);
      this.#set({ state: 'live', problem: null });
    } else if (state === 'failed' || state === 'closed') {
      this.#lost('The connection to the hub was lost.');
    } else if (state === 'disconnected') {
      // A change of network often mends itself within seconds.
      clearTimeout(this.#timers.lost);
      this.#timers.lost = setTimeout(() => this.#lost('The connection to the hub was lost.'), LOST_MS);
    }
  }

  #lost(problem, { retryAfterMs = null, isAsked = false } = {}) {
    if (!this.isOn) return;
    this.#left = this.#resource ?? this.#left;
    this.#resource = null;
    this.#close();
    const wait = Math.max(AGAIN_MS[Math.min(this.#tries++, AGAIN_MS.length - 1)] * (0.75 + Math.random() / 2), retryAfterMs ?? 0);
    this.#timers.again = setTimeout(() => this.#connect(), wait);
    this.#set({ state: 'waiting', problem, nextTryAt: Date.now() + wait });
    if (this.#left && !isAsked) this.#leave();
  }

  /** Another camera or the screen, without a new connection. */
  async replace(kind, track) {
    const sender = this.#pc?.getTransceivers().find((t) => t.receiver.track.kind === kind)?.sender;
    await sender?.replaceTrack(track);
  }

  stop() {
    this.#end({ state: 'ended', problem: null });
  }

  #end(changes) {
    removeEventListener('online', this.#onOnline);
    removeEventListener('pagehide', this.#onPageHide);
    this.#close();
    this.#left = null;
    this.#set({ ...changes, figures: null, nextTryAt: null });
  }

  #close() {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    const pc = this.#pc;
    this.#pc = null;
    pc?.close();
    removeResource(this.#resource, this.#authorisation);
    this.#resource = null;
  }

  #set(changes) {
    if (changes.figures && this.state !== 'live') return;
    Object.assign(this, changes);
    this.#onChange();
  }
}
