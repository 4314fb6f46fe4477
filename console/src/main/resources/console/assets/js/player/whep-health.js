// What getStats says about a WebRTC picture: how late it is, and whether it is still worth watching.
const LOSS_LIMIT = 0.1;
const LOSS_WINDOW = 5;
const MIN_PACKETS = 30;
const FROZEN_MS = 3000;
const MAX_DELAY_S = 15;

/** Fed once a second with a report; `delay` is in seconds or null, `trouble` is 'loss', 'frozen' or null. */
export class WhepHealth {
  delay = null;
  trouble = null;
  frames = 0;
  #last = null;
  #window = [];
  #movedAt;

  constructor(now = performance.now()) {
    this.#movedAt = now;
  }

  /** Share of packets lost over the last seconds, 0 to 1. */
  get loss() {
    const lost = this.#window.reduce((n, s) => n + s.lost, 0);
    const all = this.#window.reduce((n, s) => n + s.received, lost);
    return all < MIN_PACKETS ? 0 : lost / all;
  }

  /**
   * `isStill`: the host is away, so a picture that does not move is no fault of the connection. `onScreen`: seconds from
   * a frame's arrival to its display, as the browser last measured it, or null.
   */
  read(report, { isStill = false, onScreen = null, now = performance.now() } = {}) {
    const stats = [...report.values()];
    const video = stats.find((s) => s.type === 'inbound-rtp' && s.kind === 'video');
    if (!video) return;
    const moved = (video.framesDecoded ?? 0) > this.frames;
    if (moved || isStill) this.#movedAt = now;
    this.frames = video.framesDecoded ?? 0;
    this.#count(video);
    this.delay = this.#delayOf(video, stats, onScreen) ?? this.delay;
    this.#last = video;
    if (this.#window.length >= LOSS_WINDOW && this.loss > LOSS_LIMIT) this.trouble = 'loss';
    else this.trouble = this.frames > 0 && now - this.#movedAt > FROZEN_MS ? 'frozen' : null;
  }

  #count(video) {
    if (!this.#last) return;
    // A packet that a retransmission brought after all is taken off the count again.
    const lost = Math.max(0, (video.packetsLost ?? 0) - (this.#last.packetsLost ?? 0));
    this.#window.push({ lost, received: Math.max(0, video.packetsReceived - this.#last.packetsReceived) });
    if (this.#window.length > LOSS_WINDOW) this.#window.shift();
  }

  #delayOf(video, stats, onScreen) {
    const pair = stats.find((s) => s.type === 'candidate-pair' && s.nominated && s.currentRoundTripTime !== undefined);
    const oneWay = (pair?.currentRoundTripTime ?? 0) / 2;
    const bySender = senderDelay(video, stats.find((s) => s.type === 'remote-outbound-rtp' && s.kind === 'video'), oneWay);
    if (bySender !== null) return bySender;
    if (onScreen !== null) return oneWay + onScreen;
    const frames = video.jitterBufferEmittedCount - (this.#last?.jitterBufferEmittedCount ?? 0);
    if (!(frames > 0)) return null;
    const buffered = (video.jitterBufferDelay - (this.#last?.jitterBufferDelay ?? 0)) / frames;
    const decoded = (video.totalDecodeTime ?? 0) / Math.max(1, video.framesDecoded ?? 1);
    return oneWay + buffered + decoded;
  }
}

// The sender's reports carry its clock, so the viewer's own clock may be wrong: what plays now was sent when?
function senderDelay(video, sender, oneWay) {
  if (!video.estimatedPlayoutTimestamp || !sender?.remoteTimestamp) return null;
  const senderNow = sender.remoteTimestamp + (video.timestamp - sender.timestamp) + oneWay * 1000;
  const delay = (senderNow - sinceUnix(video.estimatedPlayoutTimestamp)) / 1000;
  return delay >= 0 && delay < MAX_DELAY_S ? delay : null;
}

const NTP_TO_UNIX_MS = 2_208_988_800_000;
const sinceUnix = (ms) => (ms > NTP_TO_UNIX_MS ? ms - NTP_TO_UNIX_MS : ms);
