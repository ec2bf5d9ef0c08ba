// Runs before the first paint, so that a chosen theme never flashes in the other one's colours.
try {
  const chosen = localStorage.getItem('ronda.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden: the system's theme then holds.
}
