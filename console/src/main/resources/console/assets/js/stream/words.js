// What the hub measures about a stream, as a person would say it.
import { count } from '../core/format.js';

export function kbits(kbps = 0) {
  if (kbps >= 1e6) return `${(kbps / 1e6).toFixed(1)} Gbit/s`;
  return kbps >= 1000 ? `${(kbps / 1000).toFixed(1)} Mbit/s` : `${count(Math.round(kbps))} kbit/s`;
}

export const millis = (ms) => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms ?? 0)} ms`);

/** 2 → "2", 1.966 → "2", 0.5 → "0.5". */
const short = (n) => String(Math.round(n * 10) / 10);

const LATE_SOUND_MS = 60;

export function sound(skew) {
  if (skew === null || skew === undefined) return null;
  if (Math.abs(skew) < LATE_SOUND_MS) return 'sound in step';
  return `sound ${millis(Math.abs(skew))} ${skew > 0 ? 'late' : 'early'}`;
}

/** One line about a host that is there. */
export function hostLine(host) {
  return [
    host.protocol,
    host.width && host.height ? `${host.width} × ${host.height}` : null,
    host.fps ? `${short(host.fps)} frames/s` : null,
    host.bitrateKbps ? kbits(host.bitrateKbps) : null,
    host.gopSeconds ? `key frame every ${short(host.gopSeconds)} s` : null,
    sound(host.avSkewMillis),
    host.reconnects ? `${host.reconnects} ${host.reconnects === 1 ? 'reconnect' : 'reconnects'}` : null,
  ].filter(Boolean).join(' · ');
}

const LOST = 'The connection to the encoder was lost. Viewers and targets stay connected and see a slate until it is back.';
const STOPPED = 'The host stopped the stream itself. If that was a slip, start it again: viewers and targets stay connected for a while and see a slate. If the show is over, press “End show” in the cockpit.';

/** What is known of the host, there or not. */
export function hostWords(host) {
  if (host.connected) return hostLine(host);
  if (host.state === 'GAP') return host.stopped ? STOPPED : LOST;
  return `${host.endedReason ? `The live ended: ${host.endedReason}. ` : ''}No encoder is connected. Use one of the addresses below, or go live from this browser.`;
}

const SLOW_FPS = 20;
const LONG_GOP_S = 4;

/** What is wrong with the host's stream and what to do: the hub's own words where it has some. */
export function hostWarnings(host) {
  if (!host?.connected) return [];
  if (host.warnings) return host.warnings;
  return [
    host.bFrames ? 'The encoder sends B-frames; turn them off, real-time players stutter with them.' : null,
    host.gopSeconds > LONG_GOP_S ? `A key frame comes only every ${short(host.gopSeconds)} s; set 2 s in the encoder, or viewers wait and targets refuse.` : null,
    host.fps && host.fps < SLOW_FPS ? `Only ${short(host.fps)} frames a second arrive: the encoder or its connection is too slow.` : null,
  ].filter(Boolean);
}

export function hostState(host) {
  if (host?.state === 'GAP') return [host.connected ? 'sends no picture' : host.stopped ? 'stopped by the host' : 'connection lost', 'warn'];
  return host?.connected ? ['live', 'good'] : ['no signal', 'idle'];
}

const secondsTo = (instant) => Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1000));

/** [words, kind of chip] for the state of a target. */
export function targetState(target) {
  switch (target.state) {
    case 'IDLE': return ['waits for the host', 'idle'];
    case 'CONNECTING': return ['connecting', 'warn'];
    case 'LIVE': return ['live', 'good'];
    case 'DEGRADED': return ['live, but too slow', 'warn'];
    case 'BACKOFF': return [target.nextRetryAt ? `next try in ${secondsTo(target.nextRetryAt)} s` : 'trying again', 'warn'];
    case 'REJECTED': return ['refused', 'bad'];
    case 'ENDED': return ['ended', 'idle'];
    default: return [String(target.state ?? 'unknown').toLowerCase(), 'idle'];
  }
}

/** What a preset takes, in one line. */
export function limitsLine(limits) {
  if (!limits) return '';
  const shape = { PORTRAIT: 'upright picture', LANDSCAPE: 'wide picture' }[limits.shape];
  return [
    shape,
    limits.maxShortEdge && limits.maxLongEdge ? `up to ${limits.maxShortEdge} × ${limits.maxLongEdge}` : null,
    limits.maxFps ? `${limits.maxFps} frames/s` : null,
    limits.maxKbps ? kbits(limits.maxKbps) : null,
    limits.maxGopMillis ? `key frame at least every ${short(limits.maxGopMillis / 1000)} s` : null,
    limits.bFrames === false ? 'no B-frames' : null,
  ].filter(Boolean).join(' · ');
}
