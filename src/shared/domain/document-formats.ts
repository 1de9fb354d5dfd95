/** How a text is extracted from a file. */
export type TextKind = 'pdf' | 'docx' | 'mail' | 'plain';

/** Document formats: file extensions, media type, and how their text is extracted (null: no text). */
export const documentFormats = {
  pdf: { endings: ['pdf'], mediaType: 'application/pdf', text: 'pdf' },
  docx: {
    endings: ['docx'],
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    text: 'docx',
  },
  markdown: { endings: ['md', 'markdown'], mediaType: 'text/markdown', text: 'plain' },
  text: { endings: ['txt', 'text', 'log'], mediaType: 'text/plain', text: 'plain' },
  mail: { endings: ['eml'], mediaType: 'message/rfc822', text: 'mail' },
  png: { endings: ['png'], mediaType: 'image/png', text: null },
  jpeg: { endings: ['jpg', 'jpeg'], mediaType: 'image/jpeg', text: null },
  gif: { endings: ['gif'], mediaType: 'image/gif', text: null },
  webp: { endings: ['webp'], mediaType: 'image/webp', text: null },
} as const satisfies Record<string, { endings: readonly string[]; mediaType: string; text: TextKind | null }>;

/** The document that holds the maps of a repository; its earlier files are in the log. */
export const mapMediaType = 'application/vnd.frames.map+json';

export type DocumentFormat = keyof typeof documentFormats;

export const documentFormatNames = Object.keys(documentFormats) as DocumentFormat[];

export const documentExtensions: readonly string[] = documentFormatNames.flatMap(
  (name) => documentFormats[name].endings,
);

export function formatOfName(name: string): DocumentFormat | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return (
    documentFormatNames.find((format) =>
      (documentFormats[format].endings as readonly string[]).includes(extension),
    ) ?? null
  );
}

export const formatOfMediaType = (mediaType: string): DocumentFormat | null =>
  documentFormatNames.find((format) => documentFormats[format].mediaType === mediaType) ?? null;

/** "PNG", "DOCX", "TXT": the usual extension. */
export const formatLabel = (format: DocumentFormat): string =>
  documentFormats[format].endings[0].toUpperCase();

export function mediaTypeLabel(mediaType: string): string {
  const format = formatOfMediaType(mediaType);
  return format === null ? mediaType : formatLabel(format);
}

/** Maximum size of a stored document, in bytes. */
export const maxDocumentBytes = 100 * 1024 * 1024;
