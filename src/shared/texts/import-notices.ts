import type { ImportNotice } from '../contract/import-report.ts';
import english from './en/import-notices.ts';
import { fill } from './fill.ts';

/** Sentences by code; the compiler reports a code without one. */
const importNotices: Readonly<Record<ImportNotice['code'], string>> = english;

export function noticeValues({ count, where, params }: ImportNotice) {
  const values: Record<string, string | number | undefined> = { ...where, ...params };
  return { ...values, count };
}

export function noticeText(notice: ImportNotice): string {
  const text = fill(importNotices[notice.code], noticeValues(notice));
  return notice.where.sheet === undefined ? text : `Sheet “${notice.where.sheet}”: ${text}`;
}
