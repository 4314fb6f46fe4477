// The HTTP side of WHIP (RFC 9725) and WHEP: one POST of an offer, one resource that a DELETE ends.
const ANSWER_MS = 10_000;
const REMOVED_MS = 5000;
const GATHER_MS = 800;

/** An offer that got no answer: `status` (0: nobody there), `retryAfterMs` or null, `text` in the server's words. */
export class OfferRefused extends Error {
  constructor(status, text, retryAfterMs = null) {
    super(text);
    this.status = status;
    this.text = text;
    this.retryAfterMs = retryAfterMs;
  }

  /** A repeat cannot mend it: the key, the address or the offer itself is wrong. */
  get isFinal() {
    return this.status >= 400 && this.status < 500 && ![408, 409, 425, 429].includes(this.status);
  }
}

function retryAfter(response) {
  const value = response.headers.get('Retry-After');
  if (!value) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

async function refusal(response) {
  const body = await response.text().catch(() => '');
  let text = `The server answered ${response.status}.`;
  try {
    const problem = JSON.parse(body);
    text = [problem.title, problem.detail].filter(Boolean).join('. ') || text;
  } catch {
    // Not a problem document: the status says enough.
  }
  return new OfferRefused(response.status, text, retryAfter(response));
}

function gathered(pc) {
  if (pc.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, GATHER_MS);
    pc.addEventListener('icegatheringstatechange', () => pc.iceGatheringState === 'complete' && resolve());
  });
}

/** Offers what `pc` has, applies the answer, and tells the resource to delete later, or null where the server named none. */
export async function sendOffer(pc, url, headers = {}) {
  await pc.setLocalDescription();
  // The hub finds us by our first packet; a server elsewhere may want to know our addresses before it answers.
  if (new URL(url, location.href).origin !== location.origin) await gathered(pc);
  let response;
  try {
    response = await fetch(url, { method: 'POST', cache: 'no-store', body: pc.localDescription.sdp,
      headers: { 'Content-Type': 'application/sdp', Accept: 'application/sdp, application/problem+json', ...headers }, signal: AbortSignal.timeout(ANSWER_MS) });
  } catch {
    throw new OfferRefused(0, 'No connection to the media server.');
  }
  if (response.status !== 201) throw await refusal(response);
  const place = response.headers.get('Location');
  const resource = place ? new URL(place, response.url || location.href).href : null;
  try {
    await pc.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  } catch (cause) {
    removeResource(resource, headers);
    throw new OfferRefused(0, pc.signalingState === 'closed' ? 'Closed while the answer was on its way.' : `The answer cannot be used: ${cause.message}`);
  }
  return resource;
}

/**
 * Ends a session, and tells how it stood: `ended`, `taken-over` (another with the same key has its place), `gone` in any
 * other way, or `unreachable`. `keepalive` lets the request outlive the page.
 */
export async function removeResource(resource, headers = {}) {
  if (!resource) return 'gone';
  try {
    const response = await fetch(resource, { method: 'DELETE', keepalive: true, headers, signal: AbortSignal.timeout(REMOVED_MS) });
    if (response.ok) return 'ended';
    if (response.status >= 500) return 'unreachable';
    const { type } = response.status === 410 ? await response.json() : {};
    return type === '/problems/taken-over' ? 'taken-over' : 'gone';
  } catch {
    return 'unreachable';
  }
}
