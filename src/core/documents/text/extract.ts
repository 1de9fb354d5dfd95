import { readFile } from 'node:fs/promises';
import { decode } from '../../kernel/files/encoding.ts';
import { docxText } from './docx.ts';
import { mostCharacters } from './extract-text.ts';
import type { DocumentText, extractText } from './extract-text.ts';
import { pdfPages } from './pdf.ts';
import { RefusedDocument, tidy } from './plain.ts';

type Extracted = Omit<DocumentText, 'version'>;

/** Runs in a process that can be killed, because the file may be hostile. */
export async function extract({
  path,
  kind,
}: NonNullable<(typeof extractText)['input']>): Promise<Extracted> {
  const bytes = await readFile(path);
  if (kind === 'pdf') return checked(await pdfPages(bytes));
  const text = kind === 'docx' ? docxText(bytes) : decode(bytes)?.text;
  if (text === undefined) throw new RefusedDocument('WRONG_FORMAT');
  const page = tidy(text);
  return checked({
    pages: [page.slice(0, mostCharacters)],
    page_count: null,
    is_cut: page.length > mostCharacters,
    problem: null,
  });
}

const checked = (text: Extracted): Extracted =>
  text.problem === null && text.pages.every((page) => !/[\p{L}\p{N}]/u.test(page))
    ? { ...text, problem: 'no_text' }
    : text;
