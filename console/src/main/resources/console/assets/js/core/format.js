// How amounts, counts and instants are shown. Money arrives as a decimal string and is never computed with here.
const moneyFormats = new Map();

export function money(value) {
  if (!value?.currency) return '–';
  let format = moneyFormats.get(value.currency);
  if (!format) {
    format = new Intl.NumberFormat(undefined, { style: 'currency', currency: value.currency });
    moneyFormats.set(value.currency, format);
  }
  // A string argument keeps every digit where the engine supports it (ES2023), a number only up to 2^53.
  return format.format(value.amount);
}

export const count = (n) => (n === null || n === undefined ? '–' : new Intl.NumberFormat().format(n));

export const compact = (n) => new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 }).format(n ?? 0);

export function bytes(n) {
  if (!n) return '0 B';
  const step = Math.min(4, Math.floor(Math.log10(n) / 3));
  return `${(n / 1000 ** step).toFixed(step ? 1 : 0)} ${['B', 'kB', 'MB', 'GB', 'TB'][step]}`;
}

export function when(instant) {
  if (!instant) return '–';
  const date = new Date(instant);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(undefined, today ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** A sentence of the hub with its instants as people read them. */
export const readable = (words) => String(words ?? '').replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, when);

/** A day without a time, such as "2026-12-10", is the same day everywhere. */
export const day = (iso) => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso));

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });

export function ago(instant) {
  if (!instant) return '–';
  const seconds = Math.round((new Date(instant) - Date.now()) / 1000);
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(seconds, 'second');
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}

/** 95 → "1:35". */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** ISO day of a date in the browser's zone. */
export const isoDay = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

export function decimal(text) {
  const normal = String(text).trim().replace(',', '.');
  return /^\d{1,9}(\.\d{1,3})?$/.test(normal) ? normal : null;
}

const CHANNELS = { PLAYER: 'Player', TIKTOK_SHOP: 'TikTok Shop', TIKTOK: 'TikTok', SHOPIFY: 'Shopify', MAGENTO: 'Magento', INSTAGRAM: 'Instagram', BIGCOMMERCE: 'BigCommerce', PIM: 'Product system' };

/** TIKTOK_SHOP or tiktok-shop → "TikTok Shop"; a channel that this page does not know keeps its own name in plain letters. */
export function channelName(channel) {
  const key = String(channel ?? '').toUpperCase().replaceAll('-', '_');
  return CHANNELS[key] ?? key.charAt(0) + key.slice(1).toLowerCase().replaceAll('_', ' ');
}
