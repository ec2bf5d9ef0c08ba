import { isIPv4, isIPv6 } from 'node:net';

/** What is kept of where a session is used: names that people know, and no more than the network of an address. */
export type Device = { browser: string; system: string; network: string };

const longestRead = 400;

// The first that fits: most claim to be others as well.
const browsers: [name: string, sign: RegExp][] = [
  ['Edge', /\bEdgA?\/|\bEdgiOS\//],
  ['Opera', /\bOPR\/|\bOPT\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Firefox', /\bFirefox\/|\bFxiOS\//],
  ['Chrome', /\bChrome\/|\bCriOS\/|\bChromium\/|\bHeadlessChrome\//],
  ['Safari', /\bVersion\/[\d.]+ (?:Mobile\/\w+ )?Safari\//],
];
const systems: [name: string, sign: RegExp][] = [
  ['iOS', /\biPhone\b|\biPad\b|\biPod\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows NT\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];

export function deviceOf(userAgent: string | undefined, address: string): Device {
  const text = (userAgent ?? '').slice(0, longestRead);
  const first = (named: typeof browsers) => named.find(([, sign]) => sign.test(text))?.[0] ?? '';
  return { browser: first(browsers), system: first(systems), network: networkOf(address) };
}

/** Half of an address: enough to tell home from work. */
function networkOf(address: string): string {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 2).join('.')}.…`;
  if (!isIPv6(plain)) return '';
  const [first = '', second = ''] = plain.toLowerCase().split(':');
  return first === '' ? '' : `${first}:${second}:…`;
}
