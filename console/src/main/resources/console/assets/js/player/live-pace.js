// Keeps an HLS picture near its live edge: a little faster when late, a little slower when early, a jump when far behind.
// hls.js only speeds up with more than a second in the buffer, which a low-delay stream never has.
const TICK_MS = 250;
const FASTEST = 1.12;
const SLOWEST = 0.95;
const CLOSE_S = 0.12;
const JUMP_S = 1.2;
const FAR_S = 4;
const JUMP_EVERY_MS = 8000;
const STALL_STEP_S = 0.25;
const STALL_MAX_S = 1;
const CALM_MS = 20_000;
const CALM_MAX_MS = 600_000;

export class LivePace {
  #hls;
  #video;
  #slack = 0;
  #calmMs = CALM_MS / 2;
  #stalledAt = 0;
  #jumpedAt = -Infinity;
  #timer;

  constructor(hls, video) {
    this.#hls = hls;
    this.#video = video;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /**
   * A stall buys some distance from the edge, at most a second, and it is given back when nothing stalls for a while: the more
   * it has stalled, the longer, or a viewer would freeze again each time that the distance is given back.
   */
  stalled() {
    this.#calmMs = Math.min(CALM_MAX_MS, 2 * this.#calmMs);
    this.#slack = Math.min(STALL_MAX_S, this.#slack + STALL_STEP_S);
    this.#stalledAt = performance.now();
  }

  /** Where to play, in seconds behind the edge: what the server asks for, and the slack of recent stalls. */
  get target() {
    const details = this.#hls.levels?.[this.#hls.currentLevel]?.details;
    if (!details?.live) return null;
    return (details.partHoldBack || details.holdBack || 3 * details.targetduration) + this.#slack;
  }

  // Within the buffer a jump costs nothing; beyond it the picture waits for data, so only when it is far behind.
  #mayJump(late) {
    const { buffered, currentTime } = this.#video;
    const ahead = buffered.length ? buffered.end(buffered.length - 1) - currentTime : 0;
    return late > (ahead > late + 0.3 ? JUMP_S : FAR_S) && performance.now() - this.#jumpedAt > JUMP_EVERY_MS;
  }

  toEdge() {
    this.#jumpedAt = performance.now();
    const { target } = this;
    const behind = target === null ? 0 : this.#hls.latency - target;
    if (behind > 0) this.#video.currentTime += behind;
  }

  #tick() {
    const { target } = this;
    if (target === null || this.#video.paused || this.#video.seeking) return;
    if (this.#slack > 0 && performance.now() - this.#stalledAt > this.#calmMs) {
      this.#slack -= STALL_STEP_S;
      this.#stalledAt = performance.now();
    }
    const late = this.#hls.latency - target;
    if (this.#mayJump(late)) this.toEdge();
    else this.#video.playbackRate = Math.abs(late) < CLOSE_S ? 1 : Math.min(FASTEST, Math.max(SLOWEST, 1 + late * 0.1));
  }

  stop() {
    clearInterval(this.#timer);
    this.#video.playbackRate = 1;
  }
}
