import { getDocumentProxy } from 'unpdf';
import { readWholeContent } from '../../kernel/files/contents.ts';
import { decodeText } from '../../kernel/files/encoding.ts';
import { cutPages } from './cut-pages.ts';
import { docxText } from './docx.ts';
import { maxCharacters, maxPages } from './extract-text.ts';
import type { DocumentText, extractText } from './extract-text.ts';
import { mailText } from './mail.ts';
import { RefusedDocument, normalizeText } from './normalize-text.ts';

interface PdfItem {
  str: string;
  hasEOL: boolean;
}

/** The text of a PDF by page. Never throws for a broken file. */
async function pdfText(bytes: Buffer): Promise<Omit<DocumentText, 'version'>> {
  const pages: string[] = [];
  let pageCount: number | null = null;
  let characters = 0;
  try {
    const shortened = cutPages(bytes, maxPages);
    const document = await getDocumentProxy(shortened.bytes, {
      disableFontFace: true,
      stopAtErrors: false,
      verbosity: 0,
    });
    pageCount = shortened.countPages(document.numPages);
    for (
      let pageNumber = 1;
      pageNumber <= Math.min(document.numPages, maxPages) && characters < maxCharacters;
      pageNumber++
    ) {
      const page = await document.getPage(pageNumber);
      const { items } = await page.getTextContent();
      const text = normalizeText(items.map((item) => ('str' in item ? itemText(item) : '')).join('')).slice(
        0,
        maxCharacters - characters,
      );
      page.cleanup();
      characters += text.length;
      pages.push(text);
    }
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    const problem = name === 'PasswordException' ? 'encrypted' : 'damaged';
    return { pages, page_count: pageCount, is_cut: true, problem };
  }
  const is_cut = pages.length < pageCount || characters >= maxCharacters;
  return { pages, page_count: pageCount, is_cut, problem: null };
}

const itemText = ({ str, hasEOL }: PdfItem): string => str + (hasEOL ? '\n' : '');

type ExtractedText = Omit<DocumentText, 'version'>;

/** Runs in a process that can be killed, because the file can be hostile. */
export async function extract({
  documents,
  sha256,
  kind,
}: NonNullable<(typeof extractText)['input']>): Promise<ExtractedText> {
  const bytes = await readWholeContent({ documents }, sha256);
  if (kind === 'pdf') return markIfEmpty(await pdfText(bytes));
  const text =
    kind === 'docx' ? docxText(bytes) : kind === 'mail' ? mailText(bytes) : decodeText(bytes)?.text;
  if (text === undefined) throw new RefusedDocument('WRONG_FORMAT');
  const page = normalizeText(text);
  return markIfEmpty({
    pages: [page.slice(0, maxCharacters)],
    page_count: null,
    is_cut: page.length > maxCharacters,
    problem: null,
  });
}

const markIfEmpty = (text: ExtractedText): ExtractedText =>
  text.problem === null && text.pages.every((page) => !/[\p{L}\p{N}]/u.test(page))
    ? { ...text, problem: 'no_text' }
    : text;
