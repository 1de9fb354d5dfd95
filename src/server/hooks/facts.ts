import type { HookKind } from '#shared/contract/server/hooks.ts';
import { evidenceKinds } from '#shared/domain/evidence.ts';
import type { EvidenceFact } from '#shared/domain/evidence.ts';
import { isRecordId } from '#shared/domain/field.ts';
import type { Json } from '#shared/domain/json.ts';
import { isJsonObject, textIn } from '#shared/domain/json.ts';
import { maxLengths, withoutControls } from '#shared/domain/limits.ts';

/** Reads a value by its path, such as `repository.default_branch`. */
const valueAt = (body: Json, path: string): Json =>
  path.split('.').reduce((value, key) => (isJsonObject(value) ? (value[key] ?? null) : null), body);
/** The same as text; '' for a list, an object or nothing. */
const textAt = (body: Json, path: string): string => {
  const value = valueAt(body, path);
  return typeof value === 'number' ? String(value) : textIn(value);
};

const [minTime, maxTime] = [Date.UTC(1990), Date.UTC(2100)];
/** The first readable time, in UTC; '' if there is none. */
function timeOf(...texts: readonly string[]): string {
  const times = texts.map((text) => Date.parse(text));
  const time = times.find((milliseconds) => milliseconds >= minTime && milliseconds < maxTime);
  return time === undefined ? '' : new Date(time).toISOString();
}

const branchPrefix = 'frames/';
/** The ids of tasks that a branch or the lines of a text name. */
function tasksIn(branch: string, text: string): string[] {
  const lines = [...text.matchAll(/^Frames-Task:[ \t]*(\S+)[ \t]*\r?$/gim)].map(([, id = '']) => id);
  return [...new Set([branch.startsWith(branchPrefix) ? branch.slice(branchPrefix.length) : '', ...lines])];
}

type Statement = Omit<EvidenceFact, 'task' | 'url'> & { url: string };
function factsFor(tasks: readonly string[], { ref, kind, url, at }: Statement): EvidenceFact[] {
  const cleanRef = withoutControls(ref).slice(0, maxLengths.name).toWellFormed();
  const isLink = /^https?:\/\//.test(url) && url.length <= maxLengths.url && url.isWellFormed();
  if (cleanRef === '') return [];
  const fact = { ref: cleanRef, kind, url: isLink ? withoutControls(url) : null, at };
  return tasks.filter(isRecordId).map((task) => ({ task, ...fact }));
}

/** Where the body of an event has its facts: an object, and paths in it. The text and the number can also be in the root. */
type Shape = readonly [
  at: string,
  state: string,
  branch: string,
  url: string,
  text: string,
  number: string,
  mark: string,
];
const shapes: Readonly<Record<string, Shape>> = {
  pull_request: ['pull_request', 'state', 'head.ref', 'html_url', 'body', 'number', '#'],
  merge_request: ['object_attributes', 'state', 'source_branch', 'url', 'description', 'iid', '!'],
  workflow_run: [
    'workflow_run',
    'conclusion',
    'head_branch',
    'html_url',
    'head_commit.message',
    'head_sha',
    '',
  ],
  pipeline: ['object_attributes', 'status', 'ref', 'url', 'commit.message', 'sha', ''],
};

/** The state counts, not the action, so a late event of an open request does not hide that it was merged. */
const kindsByState: Readonly<Record<string, EvidenceFact['kind']>> = {
  open: 'opened',
  opened: 'opened',
  closed: 'closed',
  merged: 'merged',
  success: 'passed',
  failure: 'failed',
  failed: 'failed',
  timed_out: 'failed',
  startup_failure: 'failed',
};

/** Whether a branch is the main one: of the record, otherwise of the sender, otherwise one that is usually called so. */
function isMain(body: Json, branch: string, branchOfRecord: string): boolean {
  const stated = textAt(body, 'repository.default_branch') || textAt(body, 'project.default_branch');
  const main = branchOfRecord || stated;
  return (main === '' ? ['main', 'master'] : [main]).includes(branch);
}

function factsOfShape(
  body: Json,
  [at, state, branch, url, text, number, mark]: Shape,
  branchOfRecord: string,
): EvidenceFact[] {
  const object = valueAt(body, at);
  const stated = valueAt(object, 'merged') === true ? 'merged' : kindsByState[textAt(object, state)];
  if (!stated) return [];
  const target = textAt(object, 'base.ref') || textAt(object, 'target_branch');
  // A merge into another branch ends no task.
  const isElsewhere = stated === 'merged' && target !== '' && !isMain(body, target, branchOfRecord);
  const kind = isElsewhere ? 'closed' : stated;
  const times = [`${stated}_at`, kind === 'opened' ? 'created_at' : '', 'updated_at', 'finished_at'];
  const tasks = tasksIn(textAt(object, branch), textAt(object, text) || textAt(body, text));
  return factsFor(tasks, {
    ref: mark + (textAt(object, number) || textAt(body, number)),
    kind,
    url: textAt(object, url),
    at: timeOf(...times.map((path) => textAt(object, path))),
  });
}

/** Only commits of the main branch count, because they end a task. */
function factsOfPush(body: Json, branchOfRecord: string): EvidenceFact[] {
  const branch = textAt(body, 'ref').replace(/^refs\/heads\//, '');
  const commits = valueAt(body, 'commits');
  if (!Array.isArray(commits) || !isMain(body, branch, branchOfRecord)) return [];
  return (commits as readonly Json[]).flatMap((commit) =>
    factsFor(tasksIn('', textAt(commit, 'message')), {
      ref: textAt(commit, 'id'),
      kind: 'commit',
      url: textAt(commit, 'url'),
      at: timeOf(textAt(commit, 'timestamp')),
    }),
  );
}

/** `{"type": "frames.task.merged", "timestamp", "data": {"task", "ref", "url", "at"}}` */
function factsOfStandard(body: Json): EvidenceFact[] {
  const kind = evidenceKinds.find((name) => textAt(body, 'type') === `frames.task.${name}`);
  if (!kind) return [];
  const [ref, url] = [textAt(body, 'data.ref'), textAt(body, 'data.url')];
  const at = timeOf(textAt(body, 'data.at'), textAt(body, 'timestamp'));
  return factsFor([textAt(body, 'data.task')], { ref, kind, url, at });
}

/** Facts about tasks in a delivery; none for other events. GitLab names the event in the body. `branch` is the main one by the record, or ''. */
export function factsIn(
  { kind, event, body }: { kind: HookKind; event: string; body: Json },
  branch: string,
): EvidenceFact[] {
  if (kind === 'standard') return factsOfStandard(body);
  const name = kind === 'gitlab' ? textAt(body, 'object_kind') : event;
  if (name === 'push') return factsOfPush(body, branch);
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  return shape ? factsOfShape(body, shape, branch) : [];
}
