import { mostRecords } from '../../kernel/files/refusal.ts';

/** Bytes of the parts that describe a workbook's structure, which are read in one step. */
export const largestOutline = 16 * 1024 * 1024;

/** Sheets of a workbook; distinct shared texts; cell formats, and characters of a format. */
export const mostSheets = 1000;
export const mostStrings = 2_000_000;
export const mostStyles = 65_500;
export const longestFormat = 255;

/** Merged cells of a sheet. */
export const mostMerges = 50_000;

/** Rows of a table, including headings. */
export const mostRows = mostRecords + 1;

/** Characters of a cell; longer ones are cut. The largest field holds fewer. */
export const longestCell = 32_767;

/** Characters of all cells of a sheet: shared texts are stored once, but imported for each cell. */
export const mostText = 256 * 1024 * 1024;

/** Problems in a preview, and lines named by each. */
export const listedProblems = 300;
export const listedLines = 50;

/** Result rows in a preview. */
export const shownRows = 12;
