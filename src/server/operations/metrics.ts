import { X509Certificate } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { lastBackupTime } from '../backups/backups.ts';
import type { Services } from '../context.ts';
import { isServable, readSchemaState } from '../db/migrate.ts';
import { isoTime } from '../db/time.ts';
import { readFilesReport } from '../files/store.ts';
import { readJobStates } from './health.ts';
import { readBudgetUse, readTableSizes, tableBudgets } from './storage.ts';

/** Buckets of the histogram in seconds. Only sync and large lists are slow. */
const bucketSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Answers that turn a client away, by status. */
const refusals: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  403: 'forbidden',
  423: 'locked',
  426: 'outdated',
  429: 'limited',
};

export interface MetricsSources {
  services: Pick<Services, 'database' | 'config' | 'now' | 'version' | 'backups' | 'log'>;
  isDraining: () => boolean;
  countClients: () => number;
  /** Free share of the disk of a folder, from 0 to 1; null if unknown. */
  freeShareOf: (folder: string) => Promise<number | null>;
}

/** Values of a gauge by its labels. */
type Samples = [labels: Record<string, string>, value: number][];

/** Metrics of one server for Prometheus. Rates and errors follow from the counts of the histogram. */
export class Metrics {
  readonly #sources: MetricsSources;
  readonly #registry = new Registry();
  readonly #requests: Histogram<'operation' | 'method' | 'status'>;
  readonly #latency: Summary;
  readonly #refused: Counter<'reason'>;
  readonly #gauges = new Map<GaugeName, Gauge>();

  constructor(sources: MetricsSources) {
    this.#sources = sources;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: 'frames_http_request_duration_seconds',
      help: 'Time to answer a request, by operation of the contract and status',
      labelNames: ['operation', 'method', 'status'],
      buckets: bucketSeconds,
      registers,
    });
    this.#latency = new Summary({
      name: 'frames_http_request_seconds',
      help: 'Time to answer a request of the last ten minutes',
      percentiles: [0.5, 0.95, 0.99],
      maxAgeSeconds: 600,
      ageBuckets: 5,
      registers,
    });
    this.#refused = new Counter({
      name: 'frames_refused_requests_total',
      help: 'Requests that were refused, by reason',
      labelNames: ['reason'],
      registers,
    });
    // A series that begins at 0 has an increase from its first refusal on.
    for (const reason of Object.values(refusals)) this.#refused.inc({ reason }, 0);
    for (const [name, [help, ...labelNames]] of Object.entries(gauges))
      this.#gauges.set(name as GaugeName, new Gauge({ name, help, labelNames, registers }));
  }

  count(labels: { operation: string; method: string; status: number }, seconds: number): void {
    this.#requests.observe(labels, seconds);
    this.#latency.observe(seconds);
    const reason = refusals[labels.status];
    if (reason !== undefined) this.#refused.inc({ reason });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    const samples = {
      ...(await readServerSamples(this.#sources)),
      ...(await readDatabaseSamples(this.#sources)),
    };
    for (const [name, gauge] of this.#gauges) {
      gauge.reset();
      // After `reset`, a gauge without labels is 0. An unknown figure must have no value.
      if (gauges[name].length === 1) gauge.remove();
      for (const [labels, value] of samples[name] ?? []) gauge.set(labels, value);
    }
    return this.#registry.metrics();
  }
}

/** Help and labels of the gauges that are read at each scrape. */
const gauges = {
  frames_info: ['The version of the server', 'version'],
  frames_ready: ['Whether the server takes requests'],
  frames_database_up: ['Whether the database answers'],
  frames_database_connections: ['Connections of the pool, and requests that wait for one', 'state'],
  frames_clients_connected: ['Clients that wait for events of this server'],
  frames_certificate_end_timestamp_seconds: ['When the TLS certificate of this server ends'],
  frames_disk_free_ratio: ['Share of a disk that is free', 'folder'],
  frames_last_backup_timestamp_seconds: ['When the newest backup was made; 0 if there is none'],
  frames_jobs: ['Jobs, backups and restores, by state', 'state'],
  frames_table_bytes: ['Size of a table, and the budget that bounds it', 'table', 'budget'],
  frames_budget_bytes: ['Budget of a user for stored bytes, and the largest use of it', 'budget', 'of'],
  frames_files: ['Documents whose file is stored, missing or damaged', 'state'],
  frames_files_bytes: ['Size of the stored files of documents'],
  frames_unreadable_figures: ['Figures that cannot be read although the database answers; the log says why'],
} as const satisfies Record<`frames_${string}`, readonly [help: string, ...labels: string[]]>;
type GaugeName = keyof typeof gauges;
type SamplesByName = Partial<Record<GaugeName, Samples>>;

/** Asks the system for the free share of the disk of a folder. */
export async function freeShareOfDisk(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk && disk.blocks > 0 ? disk.bavail / disk.blocks : null;
}

async function readServerSamples({
  services,
  countClients,
  freeShareOf,
}: MetricsSources): Promise<SamplesByName> {
  const { config, database, version } = services;
  const certificateEnd = config.tls && Date.parse(new X509Certificate(config.tls.cert).validTo) / 1000;
  const folders = { backups: config.backups?.folder ?? null, database: config.databaseFolder };
  const freeShares: Samples = [];
  for (const [folder, path] of Object.entries(folders)) {
    const freeShare = path === null ? null : await freeShareOf(path);
    if (freeShare !== null) freeShares.push([{ folder }, freeShare]);
  }
  return {
    frames_info: [[{ version }, 1]],
    frames_clients_connected: [[{}, countClients()]],
    frames_database_connections: labelled('state', database.connections()),
    ...(certificateEnd !== null && { frames_certificate_end_timestamp_seconds: [[{}, certificateEnd]] }),
    frames_disk_free_ratio: freeShares,
  };
}

/** The database is up if it answers at all. A figure that cannot be read is absent, and the log says why. */
async function readDatabaseSamples({ services, isDraining }: MetricsSources): Promise<SamplesByName> {
  const { database, config, now, backups, log } = services;
  const isUp = await database.get('SELECT 1').then(
    () => true,
    () => false,
  );
  if (!isUp) return { frames_ready: only(0), frames_database_up: only(0) };
  const figures: readonly (() => Promise<SamplesByName>)[] = [
    async () => {
      const isReady = isServable(await readSchemaState(database)) && !isDraining() && !backups.isRestoring;
      return { frames_ready: only(Number(isReady)) };
    },
    async () => {
      const time = await lastBackupTime(database, config.backups);
      return { frames_last_backup_timestamp_seconds: only(time === null ? 0 : Date.parse(time) / 1000) };
    },
    async () => ({ frames_jobs: labelled('state', await readJobStates(database, isoTime(now()))) }),
    async () => ({
      frames_table_bytes: (await readTableSizes(database)).map(({ name, bytes }): Samples[number] => {
        const bound = tableBudgets[name];
        return [{ table: name, budget: bound && 'budget' in bound ? bound.budget : 'none' }, bytes];
      }),
    }),
    async () => ({
      frames_budget_bytes: (await readBudgetUse(database, config)).flatMap(
        ({ budget, limit, largest }): Samples => [
          [{ budget, of: 'limit' }, limit],
          [{ budget, of: 'largest_user' }, largest],
        ],
      ),
    }),
    async () => {
      const { count, bytes, problems } = await readFilesReport(database);
      return {
        frames_files: labelled('state', {
          stored: count,
          missing: problems.filter(({ problem }) => problem === 'missing').length,
          damaged: problems.filter(({ problem }) => problem === 'damaged').length,
        }),
        frames_files_bytes: only(bytes),
      };
    },
  ];
  const samples: SamplesByName = { frames_ready: only(0), frames_database_up: only(1) };
  let unreadable = 0;
  for (const readFigure of figures)
    try {
      Object.assign(samples, await readFigure());
    } catch (error) {
      unreadable += 1;
      log.warn({ err: error }, 'a figure of the metrics cannot be read');
    }
  samples.frames_unreadable_figures = only(unreadable);
  return samples;
}

const only = (value: number): Samples => [[{}, value]];

const labelled = (label: string, values: Readonly<Record<string, number>>): Samples =>
  Object.entries(values).map(([name, value]) => [{ [label]: name }, value]);
