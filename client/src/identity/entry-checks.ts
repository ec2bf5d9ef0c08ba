import { memberNameLimit, passwordLimit, passwordMinimum } from '../../../shared/limits.ts';
import { faultInName } from '../../../shared/text-rules.ts';
import type { Refusal } from '../wire/refusal.ts';

export function fieldText(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

export function checkName(name: string, limit = memberNameLimit): Refusal | undefined {
  return faultInName(name, limit) === undefined ? undefined : { reason: 'name-invalid', details: { limit } };
}

export function checkPassword(password: string): Refusal | undefined {
  if (password.length < passwordMinimum) return { reason: 'password-too-short', details: { limit: passwordMinimum } };
  if (password.length > passwordLimit) return { reason: 'password-too-long', details: { limit: passwordLimit } };
  return undefined;
}
