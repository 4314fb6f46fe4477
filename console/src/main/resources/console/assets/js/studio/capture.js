// Camera, microphone and screen: opened as the show wants them, refused in words that say what to do.
export const canCapture = () => Boolean(navigator.mediaDevices?.getUserMedia);
export const canShareScreen = () => Boolean(navigator.mediaDevices?.getDisplayMedia);

const FPS = { ideal: 30, max: 30 };
const VOICE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

// A phone turns the picture with the hand: asked for wide, it gives upright when held upright. A desk camera is cropped.
const isPhone = () => matchMedia('(pointer: coarse)').matches;
const upright = () => (isPhone() ? { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: FPS } : { width: { ideal: 720 }, height: { ideal: 1280 }, aspectRatio: { ideal: 9 / 16 }, frameRate: FPS });
const wide = () => ({ width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: FPS });

/** What went wrong, for the person in front of the camera. */
export class CaptureProblem extends Error {}

const WORDS = {
  NotAllowedError: (what) => `This page may not use your ${what}. Allow it at the left of the address bar, then try again.`,
  SecurityError: (what) => `This page may not use your ${what}. Your browser or your company forbids it.`,
  NotFoundError: (what) => `No ${what} was found. Plug one in, then try again.`,
  NotReadableError: (what) => `The ${what} is taken by another program, or it is broken. Close the other program, then try again.`,
  OverconstrainedError: (what) => `The ${what} that was chosen is gone. Choose another one.`,
};

function inWords(failure, what) {
  return new CaptureProblem((WORDS[failure.name] ?? (() => `The ${what} could not be opened (${failure.name}).`))(what), { cause: failure });
}

async function first(tries, what) {
  let last;
  for (const constraints of tries) {
    try {
      return await navigator.mediaDevices.getUserMedia(constraints);
    } catch (failure) {
      last = failure;
      if (!['OverconstrainedError', 'NotReadableError'].includes(failure.name)) break;
    }
  }
  throw inWords(last, what);
}

export const NOT_SECURE = 'Browsers give cameras only to pages over https. Open this page over https, or on the machine of the hub by localhost.';

/** The video track of a camera; `shape` is 'upright' or 'wide', `facing` 'user' or 'environment' for phones. */
export async function openCamera({ deviceId, facing, shape = 'upright' } = {}) {
  if (!canCapture()) throw new CaptureProblem(NOT_SECURE);
  const which = deviceId ? { deviceId: { exact: deviceId } } : facing ? { facingMode: { ideal: facing } } : {};
  const size = shape === 'wide' ? wide() : upright();
  const stream = await first([{ video: { ...which, ...size } }, { video: { ...which, frameRate: FPS } }, { video: deviceId ? which : true }], 'camera');
  const [track] = stream.getVideoTracks();
  track.contentHint = 'detail';
  if (shape === 'upright' && !isPhone()) await cropUpright(track);
  return track;
}

const UPRIGHT = 9 / 16;
const EVEN = 8;

// A desk camera has no upright format: the browser cuts one out of the middle of a wide picture, as high as that is.
async function cropUpright(track) {
  const { width, height } = track.getSettings();
  if (width / height <= UPRIGHT + 0.05) return;
  const most = Math.min(1280, track.getCapabilities?.().height?.max ?? height);
  for (const high of new Set([most, height])) {
    const across = Math.round((high * UPRIGHT) / EVEN) * EVEN;
    try {
      await track.applyConstraints({ width: { exact: across }, height: { exact: high }, frameRate: FPS });
      return;
    } catch {
      // Not every camera format or browser can be cropped; at worst the picture is sent as it is, with bars beside it.
    }
  }
}

export async function openMicrophone({ deviceId } = {}) {
  if (!canCapture()) throw new CaptureProblem(NOT_SECURE);
  const which = deviceId ? { deviceId: { exact: deviceId } } : {};
  const stream = await first([{ audio: { ...which, ...VOICE } }, { audio: deviceId ? which : true }], 'microphone');
  return stream.getAudioTracks()[0];
}

/** The video track of a screen or window, or null when the person thought better of it. */
export async function openScreen() {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: FPS }, audio: false });
    const [track] = stream.getVideoTracks();
    track.contentHint = 'detail';
    return track;
  } catch (failure) {
    if (['NotAllowedError', 'AbortError'].includes(failure.name)) return null;
    throw inWords(failure, 'screen');
  }
}

/** `{cameras, microphones}`, each `{id, name}`; names are empty until something was allowed. */
export async function devices() {
  if (!canCapture()) return { cameras: [], microphones: [] };
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind, name) => all.filter((d) => d.kind === kind && d.deviceId).map((d, i) => ({ id: d.deviceId, name: d.label || `${name} ${i + 1}` }));
  return { cameras: of('videoinput', 'Camera'), microphones: of('audioinput', 'Microphone') };
}
