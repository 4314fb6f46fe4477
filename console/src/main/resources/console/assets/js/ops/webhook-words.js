// What a delivery may have to do with field maps, in people's words.

/** Those of a channel's maps that read a delivery, the ones that its reason speaks of first. Tables and our words to the channel are left out. */
export function mapsFor(delivery, maps) {
  const reason = delivery.reason ?? '';
  const isNamed = (m) => reason.includes(`/${m.name}.jslt`) || Boolean(m.shape && new RegExp(`(^|[ :])${rootOf(m.shape)}\\.`).test(reason));
  const isOfTheMessage = (m) => m.name.endsWith('-webhook');
  const weight = (m) => (isNamed(m) ? 2 : 0) + (isOfTheMessage(m) ? 1 : 0);
  return maps.filter((m) => m.channel === delivery.channel && !m.name.startsWith('tables/') && (m.shape || isOfTheMessage(m)))
    .map((m) => ({ ...m, isNamed: isNamed(m) })).sort((a, b) => weight(b) - weight(a));
}

/** Faults of the shape stock-level begin with stockLevel. */
const rootOf = (shape) => shape.toLowerCase().replace(/[-_](.)/g, (_, letter) => letter.toUpperCase());
