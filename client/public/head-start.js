// Runs before the first paint and beside the page's script.
let language;
let owesSignOut = false;
try {
  // A chosen theme shall never flash in the other one's colours.
  const theme = localStorage.getItem('ronda.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  language = localStorage.getItem('ronda.language');
  owesSignOut = localStorage.getItem('ronda.signed-out') !== null;
} catch {
  // Storage may be forbidden: what the system prefers then holds.
}

const ahead = (attributes) =>
  document.head.append(Object.assign(document.createElement('link'), { crossOrigin: '', ...attributes }));

// Who has signed out without the server knowing is still inside to it: it is told first (`wire/owed-sign-out.ts`).
if (!owesSignOut) ahead({ rel: 'preload', as: 'fetch', href: '/trpc/identity.status' });

// The page can't show anything without its phrases, and would ask for them only once its script is there.
const phrases = document.querySelector('meta[name="phrases"]')?.dataset ?? {};
const spoken = [language, ...navigator.languages].map((name) => name?.toLowerCase().split('-')[0]);
const file = phrases[spoken.find((name) => name in phrases) ?? 'en'];
if (file) ahead({ rel: 'modulepreload', href: file });
