// Runs on whatever Node the machine has, to say so clearly where it is too old; hence the plain old syntax.
const wanted = [20, 19];
const found = process.versions.node.split('.').map(Number);

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error(`Ronda needs Node ${wanted.join('.')} or newer; this is ${process.versions.node}.`);
  console.error('Get a current one from https://nodejs.org and run the command again.');
  process.exit(78);
}

import('./launch/main.mjs').catch((error) => {
  console.error(error);
  process.exit(1);
});
