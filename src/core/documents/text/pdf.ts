import { getDocumentProxy } from 'unpdf';
import { tidy } from './plain.ts';
import { mostCharacters, mostPages } from './extract-text.ts';
import type { DocumentText } from './extract-text.ts';

interface Item {
  str: string;
  hasEOL: boolean;
}

/** The text of a PDF by page. Never throws for a broken file. */
export async function pdfPages(bytes: Buffer): Promise<Omit<DocumentText, 'version'>> {
  const pages: string[] = [];
  let count: number | null = null;
  let characters = 0;
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes), {
      disableFontFace: true,
      stopAtErrors: false,
      verbosity: 0,
    });
    count = document.numPages;
    for (let number = 1; number <= Math.min(count, mostPages) && characters < mostCharacters; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const text = tidy(items.map((item) => ('str' in item ? lineOf(item) : '')).join('')).slice(
        0,
        mostCharacters - characters,
      );
      page.cleanup();
      characters += text.length;
      pages.push(text);
    }
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    const problem = name === 'PasswordException' ? 'encrypted' : 'damaged';
    return { pages, page_count: count, is_cut: true, problem };
  }
  const is_cut = pages.length < count || characters >= mostCharacters;
  return { pages, page_count: count, is_cut, problem: null };
}

const lineOf = ({ str, hasEOL }: Item): string => str + (hasEOL ? '\n' : '');
