import { describeError, faultData } from './faults.ts';

/** The error and its cause in one line. */
export function failureText(error: unknown): string {
  const { title, detail } = describeError(error);
  return detail === null ? title : `${title}. ${detail}`;
}

/** The error and what to do. */
export function adviceText(error: unknown): string {
  const { title, action } = describeError(error);
  return `${title}. ${action}`;
}

/** Why a name was refused, from `texts` by code; null for other errors. */
export function nameRefusal(error: unknown, texts: Readonly<Record<string, string>>): string | null {
  const [issue, ...others] = faultData(error, 'INVALID')?.issues ?? [];
  if (issue?.path !== 'name' || others.length > 0) return null;
  return texts[issue.code] ?? null;
}
