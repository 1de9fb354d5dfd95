import type { EntityRecord } from '../contract/record.ts';
import { authorStepOf } from '../domain/repair-templates.ts';
import german from './de/templates.ts';
import english from './en/templates.ts';
import { fill } from './fill.ts';

/** The text of an issue for a task. A commit with the line `Frames-Task:` and the id ends the task. */
export interface TaskIssue {
  title: string;
  body: string;
  branch: string;
}

type Content = Pick<EntityRecord, 'id' | 'title' | 'payload'>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/**
 * Writes the issue of a task: why, with the value that its repair had when planned, the files of code, when it is done, and how to name the
 * work. Without the notes of the repair, which say how long people stay and whom they meet: an issue can be public.
 */
export function taskIssue(task: Content, repair: Content | null, language: 'en' | 'de' = 'en'): TaskIssue {
  const { issue: texts, facts } = language === 'de' ? german : english;
  const { value_before: value, steps } = repair?.payload ?? {};
  const { files = [] } = authorStepOf(Array.isArray(steps) ? steps : []) ?? {};
  const why = [
    repair?.title ?? '',
    typeof value === 'number' ? fill(facts.value, { count: value }) : '',
    files.length > 0 ? fill(facts.files, { names: files.join(', ') }) : '',
  ].filter((line) => line !== '');
  const end = textOf(task.payload['done_when']);
  const branch = `frames/${task.id}`;
  const parts = [
    ...(why.length > 0 ? [`## ${texts.why}\n\n${why.join('\n')}`] : []),
    ...(end === '' ? [] : [`## ${texts.end}\n\n${end}`]),
    fill(texts.branch, { branch }),
    `Frames-Task: ${task.id}`,
  ];
  return { title: task.title, body: parts.join('\n\n'), branch };
}

/** The forms of new issues: the segments of a project's path, and the names of the parameters. */
const forges = [
  { host: /^github\./i, segments: 2, path: 'issues/new', title: 'title', body: 'body' },
  {
    host: /^gitlab\./i,
    segments: 20,
    path: '-/issues/new',
    title: 'issue[title]',
    body: 'issue[description]',
  },
  { host: /^(codeberg|gitea|forgejo)\./i, segments: 2, path: 'issues/new', title: 'title', body: 'body' },
] as const;

const webAddress = /^(https?:\/\/([^\s/?#:@]+)(?::\d+)?)(\/[^?#]*)/i;

/** The address of a prefilled new issue in the forge of a repository; null if its host is no known forge. */
export function newIssueAddress(repositoryUrl: unknown, { title, body }: TaskIssue): string | null {
  const [, origin = '', host = '', pathname = ''] = webAddress.exec(textOf(repositoryUrl)) ?? [];
  const forge = forges.find((one) => one.host.test(host));
  const [project = ''] = pathname.replace(/(\.git)?\/*$/, '').split('/-/');
  const names = project.split('/').filter((name) => name !== '');
  if (!forge || names.length < 2) return null;
  const path = names.slice(0, forge.segments).join('/');
  const query = [
    [forge.title, title],
    [forge.body, body],
  ].map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`);
  return `${origin}/${path}/${forge.path}?${query.join('&')}`;
}
