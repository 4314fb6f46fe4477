// What is captured now: one camera, one microphone, and the screen while it is shared.
import { CaptureProblem, devices, openCamera, openMicrophone, openScreen } from './capture.js';

/** A Lit controller. `onTrack(kind, track)` is called whenever what should be sent changes. */
export class Sources {
  camera = null;
  microphone = null;
  screen = null;
  cameras = [];
  microphones = [];
  problems = {};
  shape = 'upright';
  isMuted = false;
  isOpening = false;

  constructor(host, { onTrack }) {
    this.host = host;
    this.onTrack = onTrack;
    host.addController(this);
    this.onDevices = () => this.list();
  }

  hostConnected() {
    navigator.mediaDevices?.addEventListener?.('devicechange', this.onDevices);
  }

  hostDisconnected() {
    navigator.mediaDevices?.removeEventListener?.('devicechange', this.onDevices);
    this.close();
  }

  get video() {
    return this.screen ?? this.camera;
  }

  get isOpen() {
    return Boolean(this.video || this.microphone);
  }

  async open() {
    this.set({ isOpening: true });
    // One after the other: two questions at once hide each other in some browsers.
    await this.useCamera({});
    await this.useMicrophone({});
    this.set({ isOpening: false });
  }

  useCamera(wish) {
    // Many devices give their camera to one user at a time, so the old one is let go first.
    this.camera?.stop();
    return this.#use('camera', async () => openCamera({ ...wish, shape: this.shape }));
  }

  useMicrophone(wish) {
    return this.#use('microphone', async () => openMicrophone(wish));
  }

  /** Front and back on a phone, the next one on a desk. */
  flip() {
    const { deviceId, facingMode } = this.camera?.getSettings() ?? {};
    if (facingMode) return this.useCamera({ facing: facingMode === 'user' ? 'environment' : 'user' });
    const at = this.cameras.findIndex((c) => c.id === deviceId);
    return this.useCamera({ deviceId: this.cameras[(at + 1) % this.cameras.length]?.id });
  }

  reshape(shape) {
    this.shape = shape;
    return this.camera ? this.useCamera({ deviceId: this.camera.getSettings().deviceId }) : this.set({});
  }

  mute(isMuted) {
    if (this.microphone) this.microphone.enabled = !isMuted;
    this.set({ isMuted });
  }

  async toggleScreen() {
    if (this.screen) return this.#endScreen();
    try {
      const screen = await openScreen();
      if (!screen) return undefined;
      screen.onended = () => this.#endScreen();
      this.set({ screen, problems: { ...this.problems, screen: undefined } });
      this.onTrack('video', screen);
    } catch (problem) {
      this.#failed('screen', problem);
    }
    return undefined;
  }

  #endScreen() {
    this.screen?.stop();
    this.set({ screen: null });
    this.onTrack('video', this.camera);
  }

  async #use(what, opening) {
    try {
      const track = await opening();
      this[what]?.stop();
      this[what] = track;
      track.onended = () => this.#vanished(what, track);
      if (what === 'microphone') track.enabled = !this.isMuted;
      this.set({ problems: { ...this.problems, [what]: undefined } });
      if (what === 'microphone' || !this.screen) this.onTrack(track.kind, track);
      await this.list();
    } catch (problem) {
      this.#failed(what, problem);
    }
  }

  #vanished(what, track) {
    if (this[what] !== track) return;
    this[what] = null;
    this.onTrack(track.kind, what === 'camera' ? this.screen : null);
    this.#failed(what, new CaptureProblem(`The ${what} was unplugged or taken away. Choose another one.`));
  }

  #failed(what, problem) {
    if (!(problem instanceof CaptureProblem)) throw problem;
    if (this[what]?.readyState === 'ended') this[what] = null;
    this.set({ problems: { ...this.problems, [what]: problem.message } });
  }

  async list() {
    this.set(await devices());
  }

  close() {
    for (const what of ['camera', 'microphone', 'screen']) {
      this[what]?.stop();
      this[what] = null;
    }
  }

  set(changes) {
    Object.assign(this, changes);
    this.host.requestUpdate();
  }
}
