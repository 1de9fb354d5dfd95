import { i18n } from '../i18n/setup.ts';
import type { Command } from './command.ts';

/** In German windows people type English words of programs too: they are always looked through. */
const everywhere = 'en';

/** Other words that a command may be looked for by: its own and those of the catalogue, in the person's language and in English. */
export function keywordsOf({ id, keywords = '' }: Pick<Command, 'id' | 'keywords'>): string {
  const languages = new Set([i18n.language, everywhere]);
  const found = [...languages].map((language): unknown => i18n.getResource(language, 'keywords', id));
  return [keywords, ...found].filter((words) => typeof words === 'string').join(' ');
}
