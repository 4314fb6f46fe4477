// Short messages at the edge of the page, read aloud by screen readers.
import { Problem } from '../core/api.js';

const SHOWN_MS = 5000;
const MAX_TOASTS = 3;
let region = null;

function regionOf() {
  if (!region) {
    region = document.createElement('div');
    region.className = 'toasts';
    region.setAttribute('role', 'status');
    region.setAttribute('aria-live', 'polite');
    document.body.append(region);
  }
  return region;
}

export function toast(text, kind = 'good') {
  const item = document.createElement('p');
  item.className = `toast toast-${kind}`;
  item.textContent = text;
  const into = regionOf();
  into.append(item);
  while (into.children.length > MAX_TOASTS) into.firstChild.remove();
  setTimeout(() => item.remove(), kind === 'bad' ? SHOWN_MS * 2 : SHOWN_MS);
}

export function failed(failure) {
  if (failure?.name === 'AbortError') return;
  if (failure instanceof Problem) {
    // The sign-in panel already says it.
    if (failure.status !== 401) toast(failure.text, 'bad');
    return;
  }
  console.error(failure);
  toast('Something went wrong on this page. Reload and try again.', 'bad');
}
