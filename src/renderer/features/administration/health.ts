import type { ServerFigures } from '#shared/contract/administration.ts';
import { i18n, say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { capitalised } from '../../text/names.ts';
import { timeAgo } from '../../text/time.ts';

type HealthState = 'good' | 'warn' | 'bad';

export interface HealthLine {
  subject: 'database' | 'schema' | 'backup' | 'jobs' | 'files';
  state: HealthState;
  text: string;
}

/** The server makes one backup a day, so a newest backup that is older than this is a warning. */
const maxBackupAgeMs = 3 * 86_400_000;

function schemaLine({ version, newest }: ServerFigures['status']['health']['migrations']): HealthLine {
  const subject = 'schema';
  if (version === null)
    return { subject, state: 'warn', text: capitalised(say('network:legend.line.unknown')) };
  if (version === newest)
    return { subject, state: 'good', text: say('administration:server.schemaOk', { version }) };
  return { subject, state: 'bad', text: say('administration:server.schemaOld', { version, newest }) };
}

function jobsLine({ queued, running, failed }: ServerFigures['status']['jobs']): HealthLine {
  const isIdle = queued + running === 0;
  const queueText = isIdle
    ? say('administration:server.jobsIdle')
    : say('administration:server.jobsNow', { running, queued });
  const failedTexts = failed > 0 ? [say('administration:server.jobsFailed', { count: failed })] : [];
  return {
    subject: 'jobs',
    state: failed > 0 ? 'warn' : 'good',
    text: [queueText, ...failedTexts].join(', '),
  };
}

const maxNamedFiles = 3;

function filesLine({ count, bytes, problems }: NonNullable<ServerFigures['files']>): HealthLine {
  const subject = 'files';
  if (problems.length === 0)
    return {
      subject,
      state: 'good',
      text: say('administration:server.filesOk', { count, size: bytesText(bytes) }),
    };
  const names = problems.slice(0, maxNamedFiles).map(({ id, name }) => name ?? id);
  const more = problems.length > maxNamedFiles ? ['…'] : [];
  const text = say('administration:server.filesLacking', {
    count: problems.length,
    names: [...names, ...more].join(', '),
  });
  return { subject, state: 'warn', text };
}

export function healthLines(
  { status: { health, jobs }, files }: ServerFigures,
  now = Date.now(),
): HealthLine[] {
  const { database, migrations, last_backup } = health;
  const isBackupOld = last_backup === null || now - Date.parse(last_backup) > maxBackupAgeMs;
  return [
    {
      subject: 'database',
      state: database.ok ? 'good' : 'bad',
      text: database.ok
        ? say('administration:server.databaseOk', { ms: Math.max(1, Math.ceil(database.latency_ms ?? 0)) })
        : say('administration:server.databaseBad'),
    },
    schemaLine(migrations),
    {
      subject: 'backup',
      state: isBackupOld ? 'warn' : 'good',
      text: last_backup === null ? say('home:kept.noBackup') : timeAgo(last_backup),
    },
    jobsLine(jobs),
    ...(files ? [filesLine(files)] : []),
  ];
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

function inLargestUnit(seconds: number): [count: number, unit: (typeof units)[number][0]] {
  const [unit, unitSeconds] = units.find(([, each]) => seconds >= each) ?? units[2];
  return [Math.max(1, Math.floor(seconds / unitSeconds)), unit];
}

/** A duration in its largest unit: "3 days". */
export function durationText(seconds: number): string {
  const [count, unit] = inLargestUnit(seconds);
  return new Intl.NumberFormat(i18n.language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/** The time until an ISO date: "in 5 hours". */
export function dueText(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const relative = new Intl.RelativeTimeFormat(i18n.language, { numeric: seconds < 60 ? 'auto' : 'always' });
  return seconds < 60 ? relative.format(0, 'second') : relative.format(...inLargestUnit(seconds));
}
