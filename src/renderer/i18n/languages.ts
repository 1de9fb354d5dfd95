import { languageFor } from '#shared/shell/language.ts';
import type { DateStyle, NumberStyle } from './styles.ts';
import { english } from './resources.ts';

/** A catalogue in the shape of the English one; missing texts are shown in English. */
export type Texts = Readonly<Record<string, object>>;

export interface Language {
  name: string;
  /** The default formats of dates and numbers. */
  dates: DateStyle;
  numbers: NumberStyle;
  /** Whether nouns keep their capital within a sentence. */
  capitals: boolean;
  /** Loads its texts; only the English ones are part of the program. */
  load: () => Promise<Texts>;
}

export const languages: Readonly<Record<string, Language>> = {
  en: {
    name: 'English',
    dates: 'day-month',
    numbers: 'comma',
    capitals: false,
    load: () => Promise.resolve(english),
  },
  de: { name: 'Deutsch', dates: 'day-month', numbers: 'point', capitals: true, load: loadGerman },
};

async function loadGerman(): Promise<Texts> {
  const [{ germanTexts: german }] = await Promise.all([import('./german.ts'), import('dayjs/locale/de.js')]);
  return german;
}

/** The language of a seat's choice, one of `languages`. */
export function spokenFor(choice: string): string {
  return languageFor(choice, navigator.languages, Object.keys(languages));
}
