// What really leaves this browser, from two readings of getStats a second apart.
// Every connection starts slowly: only what lasts for some readings is a limit worth telling.
const LASTING = 8;

export class SendFigures {
  #pc;
  #last = null;
  #limited = { by: 'none', times: 0 };

  constructor(pc) {
    this.#pc = pc;
  }

  /** `{kbps, fps, rttMillis, lossPercent, dropped, width, height, limitedBy}`, unknown ones null; null at the first reading. */
  async read() {
    const stats = [...(await this.#pc.getStats()).values()];
    const of = (type, kind) => stats.find((s) => s.type === type && (!kind || s.kind === kind));
    const video = of('outbound-rtp', 'video');
    if (!video) return null;
    const bytes = stats.filter((s) => s.type === 'outbound-rtp').reduce((n, s) => n + (s.bytesSent ?? 0), 0);
    const now = { bytes, at: video.timestamp };
    const before = this.#last;
    this.#last = now;
    if (!before || now.at <= before.at) return null;
    const far = of('remote-inbound-rtp', 'video');
    const pair = stats.find((s) => s.type === 'candidate-pair' && s.nominated);
    const made = of('media-source', 'video')?.frames;
    const rtt = far?.roundTripTime ?? pair?.currentRoundTripTime;
    return {
      kbps: ((now.bytes - before.bytes) * 8) / (now.at - before.at),
      fps: video.framesPerSecond ?? null,
      rttMillis: rtt === undefined ? null : rtt * 1000,
      lossPercent: far?.fractionLost === undefined ? null : far.fractionLost * 100,
      dropped: made === undefined ? null : Math.max(0, made - video.framesEncoded),
      width: video.frameWidth ?? null,
      height: video.frameHeight ?? null,
      limitedBy: this.#lastingLimit(video.qualityLimitationReason),
    };
  }

  #lastingLimit(by) {
    this.#limited = { by, times: by === this.#limited.by ? this.#limited.times + 1 : 1 };
    return ['bandwidth', 'cpu'].includes(by) && this.#limited.times >= LASTING ? by : null;
  }
}
