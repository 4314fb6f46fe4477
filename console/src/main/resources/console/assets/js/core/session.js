// The staff key: kept for this tab only, never in a URL that could be shared or logged.
const KEY = 'weir.key';
let isStaffPage = false;

/** Called by staff pages at start; a viewer's page never sends a key, even when one is stored. True when the address brought a key. */
export function openStaffSession() {
  isStaffPage = true;
  const fragment = new URLSearchParams(location.hash.slice(1));
  const key = fragment.get('key');
  if (key === null) return false;
  fragment.delete('key');
  const rest = fragment.toString();
  history.replaceState(history.state, '', location.pathname + location.search + (rest ? `#${rest}` : ''));
  if (key.trim()) sessionStorage.setItem(KEY, key.trim());
  return Boolean(key.trim());
}

export const staffKey = () => (isStaffPage ? sessionStorage.getItem(KEY) : null);

export function keepKey(key) {
  sessionStorage.setItem(KEY, key.trim());
}

export function forgetKey() {
  sessionStorage.removeItem(KEY);
}

/** localStorage that may be refused (private windows): then nothing is remembered and nothing breaks. */
export const remembered = {
  get(name) {
    try {
      return JSON.parse(localStorage.getItem(`weir.${name}`));
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      if (value === null) localStorage.removeItem(`weir.${name}`);
      else localStorage.setItem(`weir.${name}`, JSON.stringify(value));
    } catch {
      // Storage is full or refused; the page works without memory.
    }
  },
};
