import type { ImportNotice, ImportReport } from '#shared/contract/import-report.ts';
import { sumOf } from '#shared/domain/counts.ts';

const maxNotices = 500;

type NoticeDetails = Partial<Omit<ImportNotice, 'code'>>;

/** Merges notices of one code about the same sheet, column and attribute, adding their counts. */
export class Notices {
  readonly #notices = new Map<string, ImportNotice>();

  /** `line` and `params` are those of the first notice. */
  add(code: ImportNotice['code'], { count = 1, where = {}, params = {} }: NoticeDetails = {}): void {
    const { sheet, column, attribute, of } = where;
    const key = JSON.stringify([code, sheet, column, attribute, of]);
    const existing = this.#notices.get(key);
    if (existing) existing.count += count;
    else if (this.#notices.size < maxNotices) this.#notices.set(key, { code, count, where, params });
  }

  /** `sheet`: set if a file has several sheets. */
  addAll(notices: Iterable<ImportNotice>, sheet?: string): void {
    for (const { code, ...details } of notices) {
      const where = sheet === undefined ? details.where : { ...details.where, sheet };
      this.add(code, { ...details, where });
    }
  }

  list(): ImportNotice[] {
    return [...this.#notices.values()];
  }
}

export function reportOf(notices: Notices, problems: Readonly<Record<string, number>>): ImportReport {
  const list = notices.list();
  return { complete: list.length === 0 && sumOf(problems) === 0, notices: list, problems: { ...problems } };
}
