import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { atStart } from '../api/window-state.ts';
import { languages, spokenFor } from './languages.ts';
import { english } from './resources.ts';
import type { Namespace, Say } from './texts.ts';

/** English is available at once, because it is part of the program. */
void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: english },
  ns: Object.keys(english),
  defaultNS: 'common',
  interpolation: { escapeValue: false },
  initAsync: false,
});

export const i18n = i18next;
/** The language of texts that are written into records. */
export const pageLanguage = (): 'en' | 'de' => (i18next.language === 'de' ? 'de' : 'en');
/** A text outside of components, for notices and formatters; does not react to a change of language. */
export const say = i18next.t as unknown as Say<'common'>;

/** The texts of a namespace. The component renders again when the language changes. */
export function useTexts<N extends Namespace>(namespace: N): { t: Say<N> } {
  const { t } = useTranslation(namespace);
  return { t: t as unknown as Say<N> };
}

/** The current language. Reactive. */
export function useLanguage(): string {
  return useTranslation().i18n.language;
}

let latestChoice: string;
atStart(() => {
  latestChoice = 'en';
  void i18next.changeLanguage(latestChoice);
});

/** Changes the language; `system` is that of the computer. Languages without a catalogue become English. */
export async function speak(code: string): Promise<void> {
  const known = spokenFor(code);
  latestChoice = known;
  document.documentElement.lang = known;
  if (known === i18next.language) return;
  const texts = await languages[known]?.load();
  for (const [namespace, part] of Object.entries(texts ?? {})) {
    i18next.addResourceBundle(known, namespace, part, true, true);
  }
  // Another language may have been chosen while this one loaded.
  if (latestChoice === known) await i18next.changeLanguage(known);
}
