import type { Problem } from '#shared/contract/transfer.ts';
import type { Json } from '#shared/domain/json.ts';
import { rememberedProblems } from '../kernel/files/read-file.ts';
import { Notices } from './notices.ts';
import { jsonPath } from './json/parse.ts';
import type { Segment } from './json/parse.ts';

export type ProblemCode = Problem['code'];
export type ProblemAction = Problem['action'];

/** Gathers what is odd in a file: where, what, and what will be done about it. All are counted, the first ones kept. */
export class Problems {
  readonly list: Problem[] = [];
  readonly counts: Partial<Record<ProblemCode, number>> = {};
  /** What is to be said of the file as a whole. */
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
    if (this.list.length >= rememberedProblems) return;
    this.list.push({ path: jsonPath(path), code, action, value: show(value), becomes: show(becomes) });
  }
}

/** A value as people are told of it: its JSON, cut when it is long. */
function show(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
