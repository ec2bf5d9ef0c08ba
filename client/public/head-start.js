// Runs before the first paint and beside the page's script.
let language;
try {
  // A chosen theme shall never flash in the other one's colours.
  const theme = localStorage.getItem('ronda.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  language = localStorage.getItem('ronda.language');
} catch {
  // Storage may be forbidden: what the system prefers then holds.
}

// The page can't show anything without its phrases, and would ask for them only once its script is there.
const phrases = document.querySelector('meta[name="phrases"]')?.dataset ?? {};
const spoken = [language, ...navigator.languages].map((name) => name?.toLowerCase().split('-')[0]);
const file = phrases[spoken.find((name) => name in phrases) ?? 'en'];
if (file) {
  const ahead = document.createElement('link');
  Object.assign(ahead, { rel: 'modulepreload', crossOrigin: '', href: file });
  document.head.append(ahead);
}
