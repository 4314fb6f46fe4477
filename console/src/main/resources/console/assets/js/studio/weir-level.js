// How loud the microphone is: proof for the host that it hears.
import { WeirElement, html } from '../core/element.js';

const EVERY_MS = 80;
const FLOOR_DB = -60;
const FALL = 0.08;

export class WeirLevel extends WeirElement {
  static properties = { track: { attribute: false }, muted: { type: Boolean }, level: { state: true } };

  updated(changed) {
    if (changed.has('track')) this.listen();
  }

  disconnectedCallback() {
    this.close();
    super.disconnectedCallback();
  }

  listen() {
    this.close();
    if (!this.track) return;
    this.context = new AudioContext();
    const analyser = this.context.createAnalyser();
    analyser.fftSize = 1024;
    this.context.createMediaStreamSource(new MediaStream([this.track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, s) => sum + s * s, 0) / samples.length;
      const db = 10 * Math.log10(power + 1e-9);
      const now = Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
      this.level = Math.max(now, (this.level ?? 0) - FALL);
    }, EVERY_MS);
  }

  close() {
    clearInterval(this.timer);
    this.context?.close();
    this.context = null;
    this.level = 0;
  }

  render() {
    const percent = Math.round((this.muted ? 0 : (this.level ?? 0)) * 100);
    return html`<span class="level" role="meter" aria-label="Microphone level" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent} data-testid="level"><i style="width:${percent}%"></i></span>`;
  }
}
customElements.define('weir-level', WeirLevel);
