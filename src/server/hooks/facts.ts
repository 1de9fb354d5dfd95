import type { HookKind } from '#shared/contract/server/hooks.ts';
import type { EvidenceFact } from '#shared/domain/evidence.ts';
import { isRecordId } from '#shared/domain/field.ts';
import type { Json } from '#shared/domain/json.ts';
import { isJsonObject, textIn } from '#shared/domain/json.ts';
import { maxLengths, withoutControls } from '#shared/domain/limits.ts';

/** Reads a value by its path, such as `repository.default_branch`. */
const valueAt = (body: Json | undefined, path: string): Json | undefined =>
  path
    .split('.')
    .reduce<Json | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), body);

type Read = (path: string) => string;
const readerOf =
  (body: Json | undefined): Read =>
  (path) => {
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
const trailers = /^Frames-Task:[ \t]*(\S+)[ \t]*\r?$/gim;

/** The ids of tasks that a branch or the lines of a text name. */
function tasksIn(branch: string, text: string): string[] {
  const named = [...text.matchAll(trailers)].map(([, id = '']) => id);
  const ofBranch = branch.startsWith(branchPrefix) ? [branch.slice(branchPrefix.length)] : [];
  return [...new Set([...ofBranch, ...named])].filter(isRecordId);
}

function factsFor(
  tasks: readonly string[],
  { ref, kind, url, at }: Omit<EvidenceFact, 'task'>,
): EvidenceFact[] {
  const cleanRef = withoutControls(ref.toWellFormed()).slice(0, maxLengths.name).toWellFormed();
  const isLink = url !== null && /^https?:\/\//.test(url) && url.length <= maxLengths.url;
  if (cleanRef === '') return [];
  const cleanUrl = isLink ? withoutControls(url.toWellFormed()) : null;
  return tasks.map((task) => ({ task, ref: cleanRef, kind, url: cleanUrl, at }));
}

/** Only a commit of the main branch ends a task: `main` is that of the repository's record; '' if unknown. */
type Mapping = (body: Json, main: string) => EvidenceFact[];

const isMainBranch = (branch: string, main: string): boolean =>
  main === '' ? ['main', 'master'].includes(branch) : branch === main;

const mapPush: Mapping = (body, main) => {
  const read = readerOf(body);
  const branch = read('ref').replace(/^refs\/heads\//, '');
  const knownMain = main || read('repository.default_branch') || read('project.default_branch');
  const commits = valueAt(body, 'commits');
  if (!isMainBranch(branch, knownMain) || !Array.isArray(commits)) return [];
  return (commits as readonly Json[]).flatMap((commit) => {
    const of = readerOf(commit);
    const fact = { ref: of('id'), kind: 'commit' as const, url: of('url'), at: timeOf(of('timestamp')) };
    return factsFor(tasksIn('', of('message')), fact);
  });
};

/** The state of the request counts, not the action: so a late event of an open one does not close it, nor the reverse. */
const mapGithubRequest: Mapping = (body) => {
  const read = readerOf(valueAt(body, 'pull_request'));
  const isMerged = valueAt(body, 'pull_request.merged') === true;
  const isClosed = read('state') === 'closed';
  const kind = isMerged ? 'merged' : isClosed ? 'closed' : 'opened';
  const times = { merged: read('merged_at'), closed: read('closed_at'), opened: read('created_at') };
  return factsFor(tasksIn(read('head.ref'), read('body')), {
    ref: `#${read('number') || readerOf(body)('number')}`,
    kind,
    url: read('html_url'),
    at: timeOf(times[kind], read('updated_at')),
  });
};

const mapGitlabRequest: Mapping = (body) => {
  const read = readerOf(valueAt(body, 'object_attributes'));
  const state = read('state');
  const kind = state === 'merged' || state === 'closed' ? state : 'opened';
  return factsFor(tasksIn(read('source_branch'), read('description')), {
    ref: `!${read('iid')}`,
    kind,
    url: read('url'),
    at: timeOf(kind === 'opened' ? read('created_at') : '', read('updated_at')),
  });
};

const resultKinds: Readonly<Record<string, 'passed' | 'failed'>> = {
  success: 'passed',
  failure: 'failed',
  failed: 'failed',
  timed_out: 'failed',
  startup_failure: 'failed',
};

const mapBuild =
  (at: string, paths: Record<'result' | 'branch' | 'ref' | 'url' | 'time' | 'message', string>): Mapping =>
  (body) => {
    const read = readerOf(valueAt(body, at));
    const kind = resultKinds[read(paths.result)];
    const tasks = tasksIn(read(paths.branch), readerOf(body)(paths.message));
    const [ref, url, time] = [read(paths.ref), read(paths.url), timeOf(read(paths.time))];
    return kind ? factsFor(tasks, { ref, kind, url, at: time }) : [];
  };

const github: Readonly<Record<string, Mapping>> = {
  pull_request: mapGithubRequest,
  push: mapPush,
  workflow_run: mapBuild('workflow_run', {
    result: 'conclusion',
    branch: 'head_branch',
    ref: 'head_sha',
    url: 'html_url',
    time: 'updated_at',
    message: 'workflow_run.head_commit.message',
  }),
};

const gitlab: Readonly<Record<string, Mapping>> = {
  merge_request: mapGitlabRequest,
  push: mapPush,
  pipeline: mapBuild('object_attributes', {
    result: 'status',
    branch: 'ref',
    ref: 'sha',
    url: 'url',
    time: 'finished_at',
    message: 'commit.message',
  }),
};

/** `{"type": "frames.task.merged", "timestamp", "data": {"task", "ref", "url", "at"}}` */
const standard = Object.fromEntries(
  (['opened', 'merged', 'closed', 'commit', 'failed', 'passed'] as const).map((kind): [string, Mapping] => [
    `frames.task.${kind}`,
    (body) => {
      const [read, of] = [readerOf(body), readerOf(valueAt(body, 'data'))];
      const at = timeOf(of('at'), read('timestamp'));
      return factsFor([of('task')].filter(isRecordId), { ref: of('ref'), kind, url: of('url'), at });
    },
  ]),
);

/** Gitea sends GitHub's bodies. */
const mappings: Readonly<Record<HookKind, Readonly<Record<string, Mapping>>>> = {
  github,
  gitea: github,
  gitlab,
  standard,
};

/** Facts about tasks in a delivery. None for an event that says nothing about them. `event` is '' if only the body names it. */
export function factsIn(
  { kind, event, body }: { kind: HookKind; event: string; body: Json },
  main: string,
): EvidenceFact[] {
  const read = readerOf(body);
  const name = event || read('object_kind') || read('type');
  const mapping = Object.hasOwn(mappings[kind], name) ? mappings[kind][name] : undefined;
  return mapping?.(body, main) ?? [];
}
