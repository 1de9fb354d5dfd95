import { mostRecords } from '../../kernel/files/refusal.ts';

/** How large the parts that only say how a workbook is made up may be, in bytes: they are read in one go, with nobody else having a turn. */
export const largestOutline = 16 * 1024 * 1024;

/** Sheets of a workbook; different texts that its cells share; formats that its cells have, and signs of a format. */
export const mostSheets = 1000;
export const mostStrings = 2_000_000;
export const mostStyles = 65_500;
export const longestFormat = 255;

/** Merged cells of a sheet. */
export const mostMerges = 50_000;

/** Rows of a table, headings included. */
export const mostRows = mostRecords + 1;

/** Characters that a cell may have; a longer one is cut. The largest field holds fewer. */
export const longestCell = 32_767;

/** Characters of all cells of a sheet together: a text that cells share is there once, and would be written for each of them. */
export const mostText = 256 * 1024 * 1024;

/** Problems that a preview lists, and lines that each of them names. */
export const listedProblems = 300;
export const listedLines = 50;

/** Rows that a preview shows as they will be. */
export const shownRows = 12;
