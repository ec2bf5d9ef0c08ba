/** A setting that can't be used: its message names the variable and what it takes. */
export class SettingError extends Error {}

type Environment = Record<string, string | undefined>;

export function text(environment: Environment, name: string, fallback: string): string {
  const value = environment[name];
  return value === undefined || value === '' ? fallback : value;
}

export function integer(
  environment: Environment,
  name: string,
  fallback: number,
  [minimum, maximum]: readonly [number, number],
): number {
  const value = Number(text(environment, name, String(fallback)));
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new SettingError(`${name} takes a whole number from ${minimum} to ${maximum}, not "${environment[name]}".`);
}

export function onOrOff(environment: Environment, name: string, fallback: 'on' | 'off'): boolean {
  const value = text(environment, name, fallback);
  if (value === 'on' || value === 'off') return value === 'on';
  throw new SettingError(`${name} takes on or off, not "${value}".`);
}

/** An origin such as `https://chat.example.org`, or undefined where the variable isn't set. */
export function origin(environment: Environment, name: string): string | undefined {
  const value = text(environment, name, '');
  if (value === '') return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url !== undefined && ['http:', 'https:'].includes(url.protocol) && url.pathname === '/' && url.search === '')
    return url.origin;
  throw new SettingError(`${name} takes an address such as https://chat.example.org, not "${value}".`);
}
