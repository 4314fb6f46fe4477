// The fields of the buy sheet, and what is wrong with them in words.
import { html, nothing } from '../core/element.js';
import { remembered } from '../core/session.js';

const COUNTRIES = ['AT', 'AU', 'BE', 'BR', 'CA', 'CH', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'GR', 'HU', 'IE', 'IN', 'IT', 'JP', 'LU', 'MX', 'NL', 'NO', 'NZ', 'PL', 'PT', 'RO', 'SE', 'SG', 'SK', 'US'];
export const TEST_CARD = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' };

const countryNames = new Intl.DisplayNames(undefined, { type: 'region' });
const ownCountry = () => navigator.languages.map((l) => new Intl.Locale(l).region).find((r) => COUNTRIES.includes(r)) ?? 'DE';

const field = (name, label, attributes = {}) => html`<label class="field ${attributes.wide ? 'field-wide' : ''}">${label}
  <input name=${name} data-testid=${attributes.testid ?? name} type=${attributes.type ?? 'text'} autocomplete=${attributes.autocomplete ?? 'off'}
    inputmode=${attributes.inputmode ?? nothing} placeholder=${attributes.placeholder ?? nothing} maxlength=${attributes.max ?? 120}
    ?required=${attributes.optional !== true} .value=${attributes.value ?? ''} @input=${attributes.onInput ?? nothing}></label>`;

export function addressFields() {
  const last = remembered.get('buyerDetails') ?? {};
  const country = last.country ?? ownCountry();
  const names = COUNTRIES.map((c) => [c, countryNames.of(c)]).sort((a, b) => a[1].localeCompare(b[1]));
  return html`<fieldset><legend>Where should it go?</legend><div class="fields">
    ${field('email', 'Email', { type: 'email', autocomplete: 'email', inputmode: 'email', wide: true, value: last.email })}
    ${field('name', 'Full name', { autocomplete: 'shipping name', wide: true, value: last.name })}
    ${field('line1', 'Street and number', { autocomplete: 'shipping address-line1', value: last.line1 })}
    ${field('line2', 'Apartment (optional)', { autocomplete: 'shipping address-line2', optional: true, value: last.line2 })}
    ${field('postalCode', 'Postal code', { autocomplete: 'shipping postal-code', max: 12, value: last.postalCode })}
    ${field('city', 'City', { autocomplete: 'shipping address-level2', value: last.city })}
    <label class="field field-wide">Country
      <select name="country" data-testid="country" autocomplete="shipping country" required>
        ${names.map(([code, name]) => html`<option value=${code} ?selected=${code === country}>${name}</option>`)}</select></label>
    <label class="check field-wide"><input type="checkbox" name="remember" ?checked=${Boolean(last.email)}> Remember this address on this device</label>
  </div></fieldset>`;
}

const grouped = (event) => {
  event.target.value = event.target.value.replaceAll(/\D/g, '').slice(0, 19).replaceAll(/(\d{4})(?=\d)/g, '$1 ');
};

const monthYear = (event) => {
  if (event.inputType?.startsWith('delete')) return;
  const digits = event.target.value.replaceAll(/\D/g, '').slice(0, 4);
  event.target.value = digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits;
};

export const cardFields = (onTestCard) => html`<fieldset><legend>Card</legend><div class="fields fields-card">
    ${field('number', 'Card number', { testid: 'card-number', autocomplete: 'cc-number', inputmode: 'numeric', placeholder: TEST_CARD.number, wide: true, max: 23, onInput: grouped })}
    ${field('expiry', 'Expires', { testid: 'card-expiry', autocomplete: 'cc-exp', inputmode: 'numeric', placeholder: 'MM / YY', max: 9, onInput: monthYear })}
    ${field('cvc', 'CVC', { testid: 'card-cvc', autocomplete: 'cc-csc', inputmode: 'numeric', placeholder: '123', max: 4 })}
  </div>
  <p class="hint">Sandbox: no real money moves. <button type="button" class="link" data-testid="use-test-card" @click=${onTestCard}>Use the test card</button></p></fieldset>`;

export function readAddress(form) {
  const value = (name) => form.elements[name].value.trim();
  const shipping = { name: value('name'), line1: value('line1'), city: value('city'), postalCode: value('postalCode'), country: value('country') };
  if (value('line2')) shipping.line2 = value('line2');
  const email = value('email');
  remembered.set('buyerDetails', form.elements.remember.checked ? { email, ...shipping } : null);
  return { email, shipping };
}

export function readCard(form) {
  if (!form.elements.number) return { card: null, wrong: null };
  const card = { number: form.elements.number.value, expiry: form.elements.expiry.value, cvc: form.elements.cvc.value.trim() };
  if (!luhn(card.number.replaceAll(/\s/g, ''))) return { wrong: ['number', 'That card number has a typing mistake.'] };
  const [, month, year] = /^\s*(\d{1,2})\s*\/\s*(?:20)?(\d{2})\s*$/.exec(card.expiry) ?? [];
  if (!month || month < 1 || month > 12) return { wrong: ['expiry', 'Give the expiry as month / year, like 12 / 34.'] };
  if (Date.UTC(2000 + Number(year), Number(month), 1) < Date.now()) return { wrong: ['expiry', 'That card has expired.'] };
  if (!/^\d{3,4}$/.test(card.cvc)) return { wrong: ['cvc', 'The CVC has three or four digits.'] };
  card.expiry = `${month}/${year}`;
  return { card, wrong: null };
}

function luhn(digits) {
  if (!/^\d{12,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, c, i) => {
    const doubled = Number(c) * (i % 2 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
