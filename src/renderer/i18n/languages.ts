import { languageFor } from '#shared/shell/language.ts';
import type { DateStyle, NumberStyle } from './styles.ts';
import { english } from './resources.ts';

/** A catalogue of the same shape as the English one; what it lacks is shown in English. */
export type Texts = Readonly<Record<string, object>>;

export interface Language {
  /** As it calls itself. */
  name: string;
  /** How people who speak it write dates and numbers, where they have not chosen otherwise. */
  dates: DateStyle;
  numbers: NumberStyle;
  /** Whether nouns keep their capital within a sentence. */
  capitals: boolean;
  /** Its texts; those of English are part of the program, others are loaded when they are wanted. */
  load: () => Promise<Texts>;
}

/** The languages of the window, by their code. */
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
  const [{ german }] = await Promise.all([import('./german.ts'), import('dayjs/locale/de.js')]);
  return german;
}

/** The code of the language that a seat's choice stands for, one of `languages`. */
export function spokenFor(wanted: string): string {
  return languageFor(wanted, navigator.languages, Object.keys(languages));
}
