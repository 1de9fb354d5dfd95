import type { Page } from '@playwright/test';

/** Common English words that stand in no German text, and in none of the sample's records. */
const english =
  /(?<![\p{L}\p{N}])(?:the|this|that|these|what|which|where|when|who|is|are|were|has|have|had|and|or|not|nothing|none|with|without|from|into|for|of|new|open|close|save|saved|saving|delete|deleted|undo|redo|show|hide|search|find|add|edit|remove|cancel|choose|change|changed|changes|record|records|people|projects|universities|students|history|home|help|view|views|list|lists|network|names|size|lifecycle|discipline|established|incoming|outgoing|university|yes|no|ago|today|shown|selected|drop|file|files|your|you|here|there)(?![\p{L}\p{N}])/giu;

/** What a person sees or hears: text that is shown, and names, descriptions and hints of controls. */
export async function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (text !== '' && parent?.checkVisibility() && !parent.closest('style, script')) found.push(text);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) {
        const text = element.getAttribute(name)?.trim() ?? '';
        if (text !== '' && element.checkVisibility()) found.push(text);
      }
    }
    return [...new Set(found)];
  });
}

/** Every text in a JSON value, that of its lists and objects too. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 2 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Names of packages, places in a file, licences: what is written alike in every language. */
const isCode = (text: string): boolean =>
  text.split(' ').every((word) => /[-./$]/.test(word) || word === word.toUpperCase());

/** Texts of a German window with English words in them; `own` are names that people gave. */
export async function englishOn(page: Page, own: readonly string[]): Promise<string[]> {
  const bare = (text: string): string => own.reduce((rest, name) => rest.replaceAll(name, ''), text);
  return (await wordsOn(page)).filter(
    (text) => !isCode(text) && (bare(text).match(english) ?? []).length > 0,
  );
}
