import audit from '#shared/texts/de/labels.ts';
import faults from '#shared/texts/de/faults.ts';
import reasons from '#shared/texts/de/reasons.ts';

const files = import.meta.glob<object>('./de/*.ts', { eager: true, import: 'default' });

/** The German texts, loaded on demand: the files of the names that the English ones have. */
export const germanTexts: Readonly<Record<string, object>> = {
  audit,
  faults,
  reasons,
  ...Object.fromEntries(
    Object.entries(files).map(([file, texts]) => [file.slice('./de/'.length, -'.ts'.length), texts]),
  ),
};
