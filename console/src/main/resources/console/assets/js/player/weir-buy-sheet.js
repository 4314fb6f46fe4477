// From the held unit to the paid order without leaving the stream. Every step shown is one the hub has confirmed.
import { WeirElement, html, nothing } from '../core/element.js';
import { icon } from '../core/icons.js';
import { money } from '../core/format.js';
import { get, hubNow, newId, post } from '../core/api.js';
import { SandboxPayment, isSandbox, outcomeOf } from './payment.js';
import { preOrderOf } from './pre-order.js';
import { TEST_CARD, addressFields, cardFields, readAddress, readCard } from './buy-fields.js';
import './weir-countdown.js';

const REASONS = {
  EXPIRED: 'The time for this payment ran out. You have not been charged.',
  CANCELLED: 'The payment was cancelled. You have not been charged.',
  FAILED: 'The payment did not go through. You have not been charged.',
  UNKNOWN: 'We have not heard from the bank yet. If the payment went through, your confirmation comes by email.',
};

export class WeirBuySheet extends WeirElement {
  static properties = {
    hold: { attribute: false }, product: { attribute: false }, folded: { type: Boolean },
    phase: { state: true }, wrong: { state: true }, busy: { state: true }, result: { state: true }, checkout: { state: true },
  };

  constructor() {
    super();
    this.phase = 'form';
  }

  willUpdate(changed) {
    if (!changed.has('hold') || changed.get('hold')?.id === this.hold?.id) return;
    this.reset();
    this.span = Math.max(90, Math.round((Date.parse(this.hold?.expiresAt) - hubNow()) / 1000) || 0);
  }

  reset() {
    this.payment?.unmount?.();
    this.stopWaiting?.abort();
    Object.assign(this, { phase: 'form', wrong: null, busy: false, result: null, checkout: null, payment: null, key: newId() });
  }

  disconnectedCallback() {
    this.stopWaiting?.abort();
    super.disconnectedCallback();
  }

  render() {
    if (!this.hold) return nothing;
    const over = ['expired', 'failed', 'paid'].includes(this.phase);
    return html`<section class="sheet" role="dialog" aria-label="Buy ${this.product?.title ?? ''}" data-testid="buy-sheet" data-phase=${this.phase} ?hidden=${this.folded}>
      <header class="sheet-head">
        ${over ? nothing : html`<weir-countdown .expiresAt=${this.hold.expiresAt} .total=${this.span} @hold-over=${() => this.askHold()}></weir-countdown>`}
        <div class="sheet-what"><p class="eyebrow">${this.eyebrow()}</p><h2 tabindex="-1">${this.product?.title ?? 'Your order'}</h2></div>
        <button class="icon-button" aria-label="Close" aria-keyshortcuts="Escape" data-testid="sheet-close" @click=${() => this.tell('sheet-close')}>${icon('close')}</button>
      </header>
      <div class="sheet-body">${this.body()}</div></section>`;
  }

  eyebrow() {
    return { form: 'Held for you', paying: 'Paying', challenge: 'One more step', paid: 'Thank you', expired: 'No longer held', failed: 'Not paid' }[this.phase];
  }

  body() {
    switch (this.phase) {
      case 'paid': return this.paid();
      case 'expired': return this.over('Your 90 seconds are over', 'The unit went back to everyone. If one is still there, you can have it held again.');
      case 'failed': return this.over('The payment did not go through', this.result);
      // The form stays in the page behind the challenge: what was typed must survive a refusal.
      default: return html`<div ?hidden=${this.phase === 'challenge'}>${this.form()}</div>${this.phase === 'challenge' ? this.challenge() : nothing}`;
    }
  }

  form() {
    const sandbox = !this.checkout || isSandbox(this.checkout);
    const locked = Boolean(this.checkout);
    return html`<form class="buy-form" novalidate @submit=${(e) => this.submit(e)}>
      <p class="line"><span>${this.hold.lines.map((l) => `${l.quantity} × ${money(l.unitPrice)}`).join(', ')}</span><strong data-testid="total">${money(this.hold.total)}</strong></p>
      ${preOrderOf(this.hold) ? html`<p class="notice pre-order" data-testid="pre-order">${preOrderOf(this.hold)}</p>` : nothing}
      <div class="lockable" ?inert=${locked}>${addressFields()}</div>
      ${sandbox ? cardFields((e) => this.fillTestCard(e)) : html`<fieldset><legend>Card</legend><div id="stripe-card" class="stripe-card"></div></fieldset>`}
      ${this.wrong ? html`<p class="notice notice-bad" role="alert" data-testid="pay-problem">${this.wrong}</p>` : nothing}
      <div class="pay-bar">
        <button class="button buy wide" data-testid="pay" ?disabled=${this.busy}>${this.busy ? html`<span class="spinner"></span> ${this.busy}` : html`Pay ${money(this.hold.total)}`}</button>
        <button type="button" class="link" data-testid="release" ?disabled=${Boolean(this.busy)} @click=${() => this.tell('release')}>I don't want it, let someone else have it</button>
      </div></form>`;
  }

  challenge() {
    return html`<div class="step">${icon('bank')}<h3>Your bank asks you to confirm</h3>
      <p>Confirm the payment of <strong>${money(this.hold.total)}</strong>. The unit stays yours while you do.</p>
      ${this.wrong ? html`<p class="notice notice-bad" role="alert">${this.wrong}</p>` : nothing}
      <button class="button buy wide" data-testid="challenge-approve" ?disabled=${this.busy} @click=${() => this.answerChallenge(true)}>${this.busy ? html`<span class="spinner"></span>` : nothing} Approve</button>
      <button class="button wide" data-testid="challenge-decline" ?disabled=${this.busy} @click=${() => this.answerChallenge(false)}>Decline</button></div>`;
  }

  paid() {
    return html`<div class="step step-good" data-testid="confirmation"><span class="tick">${icon('check')}</span>
      <h3>It's yours.</h3><p>Paid <strong>${money(this.result.total ?? this.hold.total)}</strong>. The confirmation goes to <strong>${this.email}</strong>.</p>
      <p class="order-number">Order <code data-testid="order-id">${this.result.orderId}</code></p>
      <button class="button wide" data-testid="keep-watching" @click=${() => this.tell('sheet-close')}>Keep watching</button></div>`;
  }

  over(title, text) {
    return html`<div class="step"><h3>${title}</h3><p>${text}</p>
      <button class="button buy wide" data-testid="hold-again" @click=${() => this.tell('hold-again')}>Hold again</button>
      <button class="button wide" @click=${() => this.tell('sheet-close')}>Back to the show</button></div>`;
  }

  fillTestCard(event) {
    const form = event.target.closest('form');
    for (const [name, value] of Object.entries(TEST_CARD)) form.elements[name].value = value;
  }

  async submit(event) {
    event.preventDefault();
    const form = event.target;
    const invalid = [...form.elements].find((e) => e.willValidate && !e.checkValidity());
    if (invalid) return this.complain(invalid, invalid.value ? invalid.validationMessage : `Please fill in: ${labelOf(invalid)}.`);
    const { card, wrong } = readCard(form);
    if (wrong) return this.complain(form.elements[wrong[0]], wrong[1]);
    this.wrong = null;
    await this.step('Sending…', () => this.pay(card, readAddress(form)));
  }

  complain(input, text) {
    this.wrong = text;
    input.focus();
    input.setAttribute('aria-invalid', 'true');
    input.addEventListener('input', () => input.removeAttribute('aria-invalid'), { once: true });
  }

  async pay(card, buyer) {
    this.email = buyer.email;
    if (!this.checkout) {
      const checkout = await post('/api/checkouts', { holdToken: this.hold.token, ...buyer }, { headers: { 'Idempotency-Key': this.key } });
      this.checkout = checkout;
      if (!isSandbox(checkout)) return this.openStripe(checkout);
      this.payment = new SandboxPayment(checkout);
    }
    this.busy = 'Asking your bank…';
    await this.follow(await this.payment.confirm(card, buyer));
  }

  // Stripe's own card field replaces ours only now, because its key comes with the checkout.
  async openStripe(checkout) {
    const { StripePayment } = await import('./payment-stripe.js');
    await this.updateComplete;
    this.payment = await StripePayment.mount(checkout, this.querySelector('#stripe-card'));
  }

  async follow(answer) {
    if (answer.status === 'requires_action') {
      this.phase = 'challenge';
      return;
    }
    if (answer.status === 'requires_payment_method') {
      this.phase = 'form';
      this.wrong = `${answer.error?.message ?? 'The card was declined.'} You have not been charged; try another card.`;
      return;
    }
    this.busy = 'Confirming your order…';
    this.stopWaiting = new AbortController();
    const outcome = await outcomeOf(this.checkout.id, this.hold.token, this.stopWaiting.signal);
    this.result = outcome.state === 'PAID' ? outcome : [REASONS[outcome.state], outcome.reason].filter(Boolean).join(' ');
    this.phase = outcome.state === 'PAID' ? 'paid' : 'failed';
    this.tell(outcome.state === 'PAID' ? 'paid' : 'not-paid', { orderId: outcome.orderId });
  }

  answerChallenge(approve) {
    this.wrong = null;
    return this.step('Asking your bank…', async () => this.follow(await this.payment.challenge(approve)));
  }

  async step(words, work) {
    this.busy = words;
    try {
      await work();
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      this.wrong = failure.text ?? 'Something went wrong on this page. You have not been charged twice; try again.';
      if ([404, 409, 410].includes(failure.status)) await this.askHold();
    } finally {
      this.busy = false;
    }
  }

  /** The hub's word counts, not this clock: a hold that is being paid lives longer than its first 90 seconds. */
  async askHold() {
    if (['paid', 'failed', 'expired'].includes(this.phase)) return;
    const hold = await get(`/api/holds/${this.hold.id}`, { headers: { Authorization: `Hold ${this.hold.token}` } }).catch((failure) => (failure.status === 404 ? { state: 'EXPIRED' } : null));
    if (hold?.state === 'EXPIRED' || hold?.state === 'RELEASED') {
      if (!this.busy || this.phase === 'form') this.phase = 'expired';
    } else if (hold?.state === 'COMMITTED') {
      return;
    } else if (hold && Date.parse(hold.expiresAt) > hubNow()) {
      this.hold.expiresAt = hold.expiresAt;
      this.requestUpdate();
    } else {
      setTimeout(() => this.isConnected && this.askHold(), 1000);
    }
  }
}
const labelOf = (input) => [...input.closest('label').childNodes].find((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim()).textContent.trim();

customElements.define('weir-buy-sheet', WeirBuySheet);
