import type { Problem } from '#shared/contract/transfer.ts';
import type { Json } from '#shared/domain/json.ts';
import { maxStoredProblems } from '../kernel/files/read-file.ts';
import { Notices } from './notices.ts';
import { jsonPath } from './json/parse.ts';
import type { Segment } from './json/parse.ts';

export type ProblemCode = Problem['code'];
export type ProblemAction = Problem['action'];

/** The record of a graph that a path names, without its field; undefined for other paths. */
export type FindGraphRecord = (path: readonly Segment[]) => Omit<GraphRecord, 'field'> | undefined;
type GraphRecord = NonNullable<Problem['record']>;

/** Collects problems of a file, each with its path and consequence. Counts all problems and lists the first ones. */
export class Problems {
  /** Set while a graph is planned. It retains the graph, so it is removed afterwards. */
  findGraphRecord: FindGraphRecord | undefined;
  readonly list: Problem[] = [];
  readonly counts: Partial<Record<ProblemCode, number>> = {};
  /** Problems of the file as a whole. */
  readonly notices = new Notices();
  total = 0;

  add(
    path: readonly Segment[],
    code: ProblemCode,
    action: ProblemAction,
    value?: Json,
    becomes?: Json,
  ): void {
    this.total += 1;
    this.counts[code] = (this.counts[code] ?? 0) + 1;
    if (this.list.length >= maxStoredProblems) return;
    const record = this.findGraphRecord?.(path);
    this.list.push({
      path: jsonPath(path),
      ...(record && { record: { ...record, field: path.length > 2 ? String(path[2]) : null } }),
      code,
      action,
      value: shortJson(value),
      becomes: shortJson(becomes),
    });
  }
}

/** A value as shown to users: its JSON, shortened. */
function shortJson(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
