// Line icons on a 24 grid, drawn with the text's colour.
import { html, svg } from 'lit';

const paths = {
  eye: svg`<path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12Z"/><circle cx="12" cy="12" r="2.8"/>`,
  muted: svg`<path d="M4 9.5v5h3.5L12 19V5L7.5 9.5H4ZM16 9.5l5 5m0-5-5 5"/>`,
  sound: svg`<path d="M4 9.5v5h3.5L12 19V5L7.5 9.5H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  pin: svg`<path d="M9 3h6l-1 6 4 4H6l4-4-1-6ZM12 13v8"/>`,
  chat: svg`<path d="M4 5h16v11H10l-4.5 4v-4H4V5Z"/>`,
  bag: svg`<path d="M5 8h14l1 12H4L5 8Zm4 0V6.5a3 3 0 0 1 6 0V8"/>`,
  check: svg`<path d="m4.5 12.5 5 5 10-11"/>`,
  send: svg`<path d="M4 12 20 4l-5 16-3.5-6.5L4 12Zm7.5 1.5L20 4"/>`,
  bank: svg`<path d="M3 9.5 12 4l9 5.5H3Zm2 0v8m4.6-8v8m4.8-8v8m4.6-8v8M3 20h18"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  refresh: svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.4M20 4.5v5h-5"/>`,
  download: svg`<path d="M12 4v11m-4.5-4 4.5 4.5 4.5-4.5M5 20h14"/>`,
  play: svg`<path d="M7 4.5v15l12-7.5-12-7.5Z"/>`,
  full: svg`<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>`,
  pip: svg`<path d="M3 5h18v14H3zM12.5 12H18v4h-5.5z"/>`,
  captions: svg`<path d="M3 5h18v14H3zM10.5 10.5a2 2 0 1 0 0 3M17 10.5a2 2 0 1 0 0 3"/>`,
  camera: svg`<path d="M3 7h12v10H3zM15 10.5l6-3v9l-6-3"/>`,
  mic: svg`<path d="M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21"/>`,
  micOff: svg`<path d="M9 9v2a3 3 0 0 0 5 2.2M15 10V6a3 3 0 0 0-5.8-1M5.5 11a6.5 6.5 0 0 0 10.6 5M12 17.5V21M4 4l16 16"/>`,
  screen: svg`<path d="M3 5h18v11H3zM8 20h8M12 16v4"/>`,
  stop: svg`<path d="M6 6h12v12H6z"/>`,
  warn: svg`<path d="M12 4 2.5 20h19L12 4Zm0 6v5m0 2.2v.1"/>`,
  key: svg`<circle cx="8" cy="15" r="4"/><path d="m11 12 9-9m-4 4 3 3"/>`,
  queue: svg`<circle cx="6" cy="8" r="2.4"/><circle cx="13" cy="8" r="2.4"/><path d="M2.5 18v-2a3.5 3.5 0 0 1 7 0v2M9.5 18v-2a3.5 3.5 0 0 1 7 0v2M20 6v6l1.8 1.8"/>`,
  copy: svg`<path d="M9 9h11v11H9zM15 9V4H4v11h5"/>`,
};

export const icon = (name) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${paths[name]}</svg>`;
