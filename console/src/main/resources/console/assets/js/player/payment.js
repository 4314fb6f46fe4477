// Confirms a checkout with the card: in the sandbox against the hub itself, otherwise through Stripe's own fields.
import { Problem, get, json } from '../core/api.js';

const DONE = ['PAID', 'CANCELLED', 'EXPIRED', 'FAILED'];
const GIVE_UP_MS = 200_000;

export const isSandbox = (checkout) => checkout.publishableKey?.startsWith('pk_sandbox') ?? true;

/** The sandbox gateway speaks like a PaymentIntent: status, nextAction, error. */
export class SandboxPayment {
  constructor(checkout) {
    this.checkout = checkout;
    this.url = sameOrigin(checkout.confirmUrl);
  }

  confirm(card) {
    const [month, year] = card.expiry.split('/').map((part) => Number(part.trim()));
    return this.#post(this.url, {
      clientSecret: this.checkout.clientSecret,
      paymentMethod: {
        card: { number: card.number.replaceAll(/\s/g, ''), expMonth: month, expYear: year < 100 ? 2000 + year : year, cvc: card.cvc },
      },
    });
  }

  challenge(approve) {
    return this.#post(`${this.url}/challenge`, { clientSecret: this.checkout.clientSecret, approve });
  }

  async #post(url, body) {
    try {
      return await json(url, { method: 'POST', body });
    } catch (failure) {
      // A declined card is an answer, whatever status it travels with.
      if (failure instanceof Problem && failure.body?.status === 'requires_payment_method') return failure.body;
      throw failure;
    }
  }
}

function sameOrigin(url) {
  const target = new URL(url, location.href);
  if (target.origin !== location.origin) {
    throw new Problem(0, { title: 'Payment address refused', detail: `confirmUrl: ${target.origin} (expected: ${location.origin})` });
  }
  return target.pathname;
}

/** Asks until the checkout is paid or will never be; answers its last state. */
export async function outcomeOf(checkoutId, holdToken, signal) {
  const started = Date.now();
  let wait = 500;
  for (;;) {
    const state = await get(`/api/checkouts/${checkoutId}`, { headers: { Authorization: `Hold ${holdToken}` }, signal }).catch((failure) => {
      // One lost answer must not end a payment that may have gone through.
      if (failure.status === 0 || failure.status >= 500) return null;
      throw failure;
    });
    if (state && DONE.includes(state.state)) return state;
    if (Date.now() - started > GIVE_UP_MS) return { ...state, state: 'UNKNOWN' };
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 1.25, 3000);
  }
}
