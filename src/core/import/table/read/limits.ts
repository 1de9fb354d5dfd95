import { maxSheetRecords } from '../../../kernel/files/refusal.ts';

/** Bytes of the parts that describe a workbook's structure, which are read in one step. */
export const maxOutlineBytes = 16 * 1024 * 1024;

/** Limits of a workbook: sheets, distinct shared texts, cell formats, and characters of a format. */
export const maxSheets = 1000;
export const maxSharedTexts = 2_000_000;
export const maxCellFormats = 65_500;
export const maxFormatLength = 255;

export const maxMerges = 50_000;

/** Rows of a table, including headings. */
export const maxRows = maxSheetRecords + 1;

/** Characters of a cell; longer ones are cut. The largest field holds fewer. */
export const maxCellLength = 32_767;

/** Characters of all cells of a sheet: shared texts are stored once, but imported for each cell. */
export const maxSheetCharacters = 256 * 1024 * 1024;

/** Problems in a preview, and line numbers in each of them. */
export const maxListedProblems = 300;
export const maxListedLines = 50;

/** Result rows in a preview. */
export const maxSampleRows = 12;
