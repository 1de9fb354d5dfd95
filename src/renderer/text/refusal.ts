import { describeError, faultData } from './faults.ts';

/** What went wrong and what exactly was in the way, in one line for where it was tried. */
export function failureText(error: unknown): string {
  const { title, detail } = describeError(error);
  return detail === null ? title : `${title}. ${detail}`;
}

/** Why something cannot be called so: of `texts`, by code, the one for the name alone; null for what went wrong besides. */
export function nameRefusal(error: unknown, texts: Readonly<Record<string, string>>): string | null {
  const [issue, ...others] = faultData(error, 'INVALID')?.issues ?? [];
  if (issue?.path !== 'name' || others.length > 0) return null;
  return texts[issue.code] ?? null;
}
