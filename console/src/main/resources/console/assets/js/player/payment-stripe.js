// The path of a real key: Stripe.js draws the card field and runs 3-D Secure. Loaded only then.
// The page's content policy must allow js.stripe.com (script, frame), hooks.stripe.com (frame), api.stripe.com (connect).
import { Problem } from '../core/api.js';

const SCRIPT = 'https://js.stripe.com/v3/';
let library = null;

function stripeLibrary() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = SCRIPT;
    script.onload = () => resolve(globalThis.Stripe);
    script.onerror = () => {
      library = null;
      reject(new Problem(0, { title: 'Stripe could not be loaded', detail: 'An ad blocker or your network may be in the way. You have not been charged.' }));
    };
    document.head.append(script);
  });
  return library;
}

export class StripePayment {
  #stripe;
  #card;
  #checkout;

  static async mount(checkout, place) {
    const Stripe = await stripeLibrary();
    const payment = new StripePayment();
    payment.#checkout = checkout;
    payment.#stripe = Stripe(checkout.publishableKey);
    const style = { base: { color: '#fff4ea', fontSize: '16px', '::placeholder': { color: '#a8968a' } } };
    payment.#card = payment.#stripe.elements().create('card', { style, hidePostalCode: true });
    payment.#card.mount(place);
    return payment;
  }

  /** Stripe shows the bank's challenge itself, so this answers only when it is over. */
  async confirm(card, buyer) {
    const answer = await this.#stripe.confirmCardPayment(this.#checkout.clientSecret, {
      payment_method: { card: this.#card, billing_details: { email: buyer.email, name: buyer.shipping.name } },
    });
    if (answer.error) return { status: 'requires_payment_method', error: { message: answer.error.message } };
    return { status: answer.paymentIntent.status };
  }

  unmount() {
    this.#card?.destroy();
  }
}
