import { zip } from '../zip.ts';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The parts of a DOCX file with these paragraphs. */
export function docxParts(paragraphs: readonly string[]): Record<string, string> {
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${escape(text)}</w:t></w:r></w:p>`).join('');
  return {
    '[Content_Types].xml':
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  };
}

/** A DOCX file with these paragraphs. `more` are further parts, or others in their place. */
export const docxOf = (paragraphs: readonly string[], more: Readonly<Record<string, string>> = {}): Buffer =>
  zip({ ...docxParts(paragraphs), ...more });
