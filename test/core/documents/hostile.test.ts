import { hash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutPages } from '#core/documents/text/cut-pages.ts';
import { docxText, maxBytes } from '#core/documents/text/docx.ts';
import { extract } from '#core/documents/text/extract.ts';
import { maxCharacters, maxPages, extractText } from '#core/documents/text/extract-text.ts';
import { RefusedDocument } from '#core/documents/text/normalize-text.ts';
import { contentPath } from '#core/kernel/files/contents.ts';
import { runInProcess } from '#core/kernel/processes/run-in-process.ts';
import { docxOf, docxParts } from '#test/support/documents/docx.ts';
import { pdfFile, pdfOf } from '#test/support/documents/pdf.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { zip } from '#test/support/zip.ts';

const megabyte = 1024 * 1024;

let folder = '';
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => removeFolder(folder));

async function attach(workspace: TestWorkspace, name: string, bytes: Buffer | string) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const grant = workspace.core.grants.issue(path, 'read');
  return resultOf(workspace.as().documents.attach({ grant }));
}

/** A stored PDF file, as the task that extracts its text takes it. */
function storedPdf(bytes: Buffer): { documents: string; sha256: string; kind: 'pdf' } {
  const [documents, sha256] = [join(folder, 'documents'), hash('sha256', bytes)];
  const path = contentPath({ documents }, sha256);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return { documents, sha256, kind: 'pdf' };
}

const tooLong = Buffer.alloc(maxBytes + 1, ' ');
const part = 'word/document.xml';
const parts = docxParts(['Grey switch']);
const deep = `<w:document xmlns:w="x">${'<w:p>'.repeat(300_000)}`;
const entities = `<!DOCTYPE x [<!ENTITY a "${'lol'.repeat(100)}"><!ENTITY b "${'&a;'.repeat(100)}">]><x>&b;</x>`;
const macroTypes = parts['[Content_Types].xml']?.replace(
  '/>',
  '><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
);

describe('a hostile DOCX', () => {
  test.each<[string, Buffer, string]>([
    ['bomb', zip({ ...parts, [part]: tooLong }), 'SWELLS'],
    [
      'bomb that states a small size',
      zip({ ...parts, [part]: tooLong }, { sizes: { [part]: 1000 } }),
      'WRONG_FORMAT',
    ],
    ['bomb that states a huge size', zip(parts, { sizes: { [part]: 0xffff_ffff } }), 'SWELLS'],
    ['bomb in its list of types', zip({ ...parts, '[Content_Types].xml': tooLong }), 'SWELLS'],
    [
      'many parts',
      zip({ ...parts, ...Object.fromEntries(Array.from({ length: 6000 }, (_, at) => [`${at}`, ''])) }),
      'WRONG_FORMAT',
    ],
    ['entities', zip({ ...parts, [part]: entities }), 'WRONG_FORMAT'],
    ['nested elements without end', zip({ ...parts, [part]: deep }), 'WRONG_FORMAT'],
    ['macros', zip({ ...parts, 'word/vbaProject.bin': 'x' }), 'MACROS'],
    [
      'macros under another name',
      zip({ ...parts, '[Content_Types].xml': macroTypes ?? '', 'word/x.bin': 'x' }),
      'MACROS',
    ],
    ['cut off', docxOf(['Grey switch']).subarray(0, 200), 'WRONG_FORMAT'],
    ['no document', zip({ 'a.txt': 'a' }), 'WRONG_FORMAT'],
  ])('is refused: %s', (_, bytes, code) => {
    expect(bytes.length).toBeLessThan(megabyte);
    expect(() => docxText(bytes)).toThrow(new RefusedDocument(code as RefusedDocument['code']));
  });

  test('with too much text is cut and marked', async () => {
    const workspace = await testWorkspace();
    const line = 'abcdefghij '.repeat(10);
    const lines = Array<string>(Math.ceil(maxCharacters / line.length)).fill(line);
    const { text } = await attach(workspace, 'long.docx', docxOf([...lines, 'Grey switch']));
    expect(text).toMatchObject({ state: 'cut', characters: maxCharacters });
  });
});

describe('a hostile PDF', () => {
  test('of too many pages is cut, and reports the pages read', async () => {
    const workspace = await testWorkspace();
    const pages = Array.from({ length: maxPages + 1 }, (_, at) => `Page number${at + 1}`);
    const { text } = await attach(workspace, 'long.pdf', pdfOf(pages));
    expect(text).toMatchObject({ state: 'cut', pages: maxPages + 1, read_pages: maxPages });
    const found = async (word: string) =>
      (await workspace.as().search.find({ text: word })).hits.filter(({ found: how }) => how === 'words')
        .length;
    expect([await found(`number${maxPages}`), await found(`number${maxPages + 1}`)]).toEqual([1, 0]);
  });

  test('is not read after the limit of pages: what is there changes nothing', async () => {
    const page = (tree: number): string => `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] >>`;
    const firstKids = Array.from({ length: maxPages }, (_, at) => 3 + at);
    // The tree as its own page: reading it would end the list of pages.
    const laterKids = Array.from({ length: 9 * maxPages }, () => 2);
    const kids = [...firstKids, ...laterKids];
    const file = pdfFile((tree) => firstKids.map(() => page(tree)), { kids, count: kids.length });

    const { pages, ...text } = await extract(storedPdf(file));
    expect(text).toMatchObject({ page_count: 10 * maxPages, is_cut: true });
    expect(pages).toHaveLength(maxPages);
    const { bytes } = cutPages(file, maxPages);
    expect(bytes).toHaveLength(file.length);
    expect(
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\b2 0 R/g),
    ).toHaveLength((file.toString('latin1').match(/\b2 0 R/g)?.length ?? 0) - laterKids.length);
  });

  test('is stored with the problem of its text', async () => {
    const workspace = await testWorkspace();
    const { record, text } = await attach(workspace, 'a.pdf', encrypted());
    expect(text.state).toBe('encrypted');
    expect(await workspace.as().documents.text({ id: record.id })).toMatchObject({ state: 'encrypted' });
  });

  test.each<[string, Buffer, string]>([
    ['pictures only', pdfOf(['Grey switch'], { fonts: false }), 'no_text'],
    ['a font that names no letters', glyphsOnly(), 'no_text'],
    ['a page tree that contains itself', cyclicTree(), 'damaged'],
    ['fewer pages than it states', manyStated(), 'no_text'],
    ['cut off', pdfOf(['Grey switch', 'Page two']).subarray(0, 250), 'damaged'],
    ['nothing but its first bytes', Buffer.from('%PDF-1.7\n'), 'damaged'],
  ])('is read as far as possible: %s', async (_, bytes, problem) => {
    expect(await extract(storedPdf(bytes))).toMatchObject({ problem });
  });

  test('that needs more memory or time than it may is ended', async () => {
    const limits = { timeoutMs: 20_000, maxBytes: 150 * megabyte };
    const hungry = storedPdf(contentBomb(limits.maxBytes));
    await expect(runInProcess(extractText, hungry, limits)).rejects.toMatchObject({ fault: 'memory' });
    const slow = storedPdf(pdfOf(['Grey switch']));
    await expect(runInProcess(extractText, slow, { ...limits, timeoutMs: 1 })).rejects.toMatchObject({
      fault: 'timeout',
    });
  });

  test('overwritten anywhere is read or reported', async () => {
    const whole = pdfOf(['Grey switch', 'Page two']);
    const blow = fc.record({
      at: fc.integer({ min: 5, max: whole.length - 1 }),
      with: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(blow, { minLength: 1, maxLength: 4 }), async (blows) => {
        const bytes = Buffer.from(whole);
        for (const one of blows) bytes.set(one.with.subarray(0, bytes.length - one.at), one.at);
        const limits = { timeoutMs: 20_000, maxBytes: 400 * megabyte };
        const { problem } = await runInProcess(extractText, storedPdf(bytes), limits);
        expect([null, 'no_text', 'encrypted', 'damaged']).toContain(problem);
      }),
      { numRuns: Number(process.env['SEARCH_RUNS'] ?? 1) * lawRuns(8) },
    );
  });
});

/** A page whose content stream is blanks once it is unpacked. */
function contentBomb(bytes: number): Buffer {
  const packed = deflateSync(deflateSync(Buffer.alloc(bytes, ' ')));
  return pdfFile((tree) => [
    stream(packed, '/Filter [/FlateDecode /FlateDecode]'),
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 9 9] /Contents 3 0 R /Resources << >> >>`,
  ]);
}

const stream = (bytes: Buffer, more: string): string =>
  `<< /Length ${bytes.length} ${more} >>\nstream\n${bytes.toString('latin1')}\nendstream`;

/** Text in a font whose codes are glyphs, without a table of their letters. */
function glyphsOnly(): Buffer {
  return pdfFile((tree) => [
    stream(Buffer.from('BT /F1 11 Tf 50 700 Td <00010002000300040005> Tj ET'), ''),
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Own /Encoding /Identity-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>',
  ]);
}

function encrypted(): Buffer {
  const key = `<${'ab'.repeat(32)}>`;
  return Buffer.from(
    pdfOf(['Grey switch'])
      .toString('latin1')
      .replace(
        'trailer\n<<',
        `trailer\n<< /ID [<aa> <aa>] /Encrypt << /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -4 >>`,
      ),
    'latin1',
  );
}

const cyclicTree = (): Buffer =>
  pdfFile((tree) => [`<< /Type /Pages /Count 5 /Kids [${tree} 0 R] >>`], { kids: [3], count: 5 });

const manyStated = (): Buffer =>
  pdfFile((tree) => [`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 9 9] >>`], {
    kids: [3],
    count: 50_000_000,
  });
