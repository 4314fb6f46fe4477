// Plays with the player's own sources and reads the number that is drawn into each picture.
import { HlsSource } from '/assets/js/player/hls-source.js';
import { WhepSource } from '/assets/js/player/whep-source.js';

const STRIP = { left: 40 / 720, top: 1200 / 1280, width: 640 / 720, height: 40 / 1280 };
const BITS = 16;
const CELL = 4;

const video = document.querySelector('video');
const canvas = Object.assign(document.createElement('canvas'), { width: 2 * BITS * CELL, height: CELL });
const context = canvas.getContext('2d', { willReadFrequently: true });

let source = null;
let connection = null;
let answeredAt = null;
let firstFrameAt = null;
let trouble = '';
let frames = [];
let unread = 0;

// What the sources keep to themselves: when the answer came, and the connection to ask for its statistics.
const NativeConnection = globalThis.RTCPeerConnection;
globalThis.RTCPeerConnection = class extends NativeConnection {
  constructor(...args) {
    super(...args);
    connection = this;
  }
};
const nativeFetch = globalThis.fetch.bind(globalThis);
globalThis.fetch = async (...args) => {
  const response = await nativeFetch(...args);
  if (args[1]?.method === 'POST') answeredAt = performance.now();
  return response;
};

function pictureNumber() {
  const { videoWidth: w, videoHeight: h } = video;
  context.drawImage(video, STRIP.left * w, STRIP.top * h, STRIP.width * w, STRIP.height * h, 0, 0, canvas.width, CELL);
  const { data } = context.getImageData(0, CELL / 2, canvas.width, 1);
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const isSet = data[4 * (bit * CELL + CELL / 2)] > 127;
    const isClear = data[4 * ((BITS + bit) * CELL + CELL / 2)] > 127;
    if (isSet === isClear) return -1;
    number = 2 * number + (isSet ? 1 : 0);
  }
  return number;
}

function onFrame(now, metadata) {
  const at = Date.now();
  firstFrameAt ??= performance.now();
  const number = pictureNumber();
  if (number < 0) unread++;
  else frames.push([number, at, Math.max(0, metadata.expectedDisplayTime - now), Math.round(now)]);
  video.requestVideoFrameCallback(onFrame);
}
video.requestVideoFrameCallback(onFrame);

globalThis.play = async (kind, url) => {
  answeredAt = null;
  firstFrameAt = null;
  trouble = '';
  frames = [];
  unread = 0;
  const Source = kind === 'whep' ? WhepSource : HlsSource;
  source = new Source(video, url, { onReady() {}, onFrame() {}, onTrouble(what) { trouble = what.reason; } });
  await source.start();
  video.play().catch(() => undefined);
};

globalThis.leave = () => {
  source?.stop();
  source = null;
};

/** From the answer to the first picture, in ms; null while there is none. */
globalThis.joinMillis = () => (firstFrameAt !== null && answeredAt !== null ? firstFrameAt - answeredAt : null);

/** What was shown since the last call. */
globalThis.take = () => {
  const taken = { frames, unread, trouble };
  frames = [];
  unread = 0;
  return taken;
};

/** What the connection says of itself. */
globalThis.statistics = async () => {
  const found = {};
  for (const entry of (await connection.getStats()).values()) {
    if (entry.type === 'inbound-rtp') found[entry.kind] = { ...entry };
  }
  return found;
};
