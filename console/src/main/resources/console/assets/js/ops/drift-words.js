// What a difference at a shop is, in people's words.
const CAUSES = {
  LATE_ECHO: ['Late echo', 'idle'],
  IN_FLIGHT: ['Under way', 'idle'],
  MANUAL_EDIT: ['Changed at the shop', 'warn'],
  LOST_WEBHOOK: ['Nobody told us', 'warn'],
  OTHER_WRITER: ['Another system writes it', 'bad'],
  REFUSED: ['The shop refuses', 'bad'],
  OURS: ['Our fault', 'bad'],
  UNKNOWN: ['Not known', 'warn'],
};

/** A cause's name and colour. */
export const causeOf = (cause) => CAUSES[cause] ?? [String(cause).toLowerCase().replaceAll('_', ' '), 'idle'];

const STATES = { OPEN: 'looked at again by the next comparison', ASKS: 'waits for your word', HEALED: 'healed', REVERTED: 'the shop keeps its own', GONE: 'came right by itself' };
export const stateOf = (state) => STATES[state] ?? state;

const PHASES = { STOCK: 'reading its numbers', ORDERS: 'asking for its orders', LISTINGS: 'reading its listings', HEAL: 'healing' };
export const phaseOf = (run) => (run.state === 'WAITING' ? 'about to begin' : PHASES[run.phase] ?? run.phase);

const MODES = { HEAL: 'compared and healed', REPORT: 'looked at', BACKFILL: 'filled in' };
export const modeOf = (mode) => MODES[mode] ?? mode;
