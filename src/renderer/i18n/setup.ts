import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './resources.ts';
import type { Catalogue } from './resources.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Catalogue;
  }
}

/** The texts, ready at once: they are part of the program and need no loading. */
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
/** A text outside of components, which do not notice a change of language: for notices and formatters. */
export const say = i18next.t;
