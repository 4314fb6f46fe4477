// JSON as it was sent: ids of platforms are larger than what a number of this language can hold.

/** Parses like JSON.parse, but keeps the digits of large numbers where the engine can (ES2025 source text access). */
export const parseExactly = (text) => JSON.parse(text, (key, value, context) => (
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source && JSON.rawJSON ? JSON.rawJSON(context.source) : value));

/** `body` with line breaks; what is no JSON stays as it is. */
export function pretty(body) {
  if (typeof body !== 'string') return JSON.stringify(body ?? '', null, 2);
  try {
    return JSON.stringify(parseExactly(body), null, 2);
  } catch {
    return body;
  }
}
