// What people did, in words, and the way to what they did it to.
const ACTS = {
  ROUTE_PROPOSED: 'wrote a version of a route', ROUTE_APPROVED: 'approved a version of a route', ROUTE_APPLIED: 'put a route in force', ROUTE_ROLLED_BACK: 'took a route back',
  MAPPING_CHANGED: 'changed a field map', MAPPING_RESTORED: 'restored a default map',
  CONNECTION_CREATED: 'connected a shop', CONNECTION_CHANGED: 'changed a connection', CONNECTION_REMOVED: 'disconnected a shop',
  WEBHOOK_REPLAYED: 'replayed a delivery', WEBHOOK_REPAIRED: 'repaired a delivery', WEBHOOKS_REPLAYED: 'replayed many deliveries', WEBHOOKS_STOPPED: 'stopped a replay',
  DRIFT_FORCED: 'forced a heal', DRIFT_HEALED: 'healed a difference', DRIFT_UNDONE: 'took a heal back',
  ENDPOINT_CREATED: 'added a system', ENDPOINT_CHANGED: 'changed a system', ENDPOINT_SWITCHED: 'switched a system', ENDPOINT_REMOVED: 'removed a system', ENDPOINT_REPLAYED: 'told a system once more',
};

export const wordsOf = (act) => ACTS[act] ?? act.toLowerCase().replaceAll('_', ' ');

/** Where on the ops page it is seen, with what it changed; null where that is the operator's. */
export function placeOf({ act, subject }) {
  const bare = subject.replace(/@\d+$/, '');
  if (act.startsWith('ROUTE_')) return `#routes/${bare}`;
  if (act.startsWith('MAPPING_')) return `#maps/${bare}`;
  if (act === 'WEBHOOK_REPLAYED' || act === 'WEBHOOK_REPAIRED') return `#now/${subject}`;
  return act.startsWith('DRIFT_') ? '#drift' : null;
}
