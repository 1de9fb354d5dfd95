import type { ErrorDescription } from './faults.ts';

/** Error details for support, untranslated so that they can be searched for. */
export function detailsText(
  { code, title, detail, trace }: ErrorDescription,
  { at, version, activity }: { at: string; version: string | null; activity?: string | undefined },
): string {
  const lines = [
    ['FRAMES', version ?? '?'],
    ['Time', at],
    ['Doing', activity],
    ['Error', code],
    ['Message', [title, detail].filter((part) => part !== null && part !== '').join(': ')],
    ['Trace id', trace],
  ];
  return lines.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join('\n');
}
