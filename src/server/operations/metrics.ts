import { collectDefaultMetrics, Gauge, Histogram, Registry, Summary } from 'prom-client';
import type { Database } from '../db/database.ts';

/** Seconds. Only sync and large lists are slow. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Metrics of one server for Prometheus. Rates and errors follow from the counts of the histogram. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'operation' | 'method' | 'status'>;
  readonly #latency: Summary;

  constructor(database: Database) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: 'frames_http_request_duration_seconds',
      help: 'Time to answer a request, by operation of the contract and status',
      labelNames: ['operation', 'method', 'status'],
      buckets,
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
    const gauges = new Gauge({
      name: 'frames_database_connections',
      help: 'Connections of the pool, and requests that wait for one',
      labelNames: ['state'],
      registers,
      collect() {
        const { total, idle, waiting } = database.connections();
        gauges.set({ state: 'total' }, total);
        gauges.set({ state: 'idle' }, idle);
        gauges.set({ state: 'waiting' }, waiting);
      },
    });
  }

  count(labels: { operation: string; method: string; status: number }, seconds: number): void {
    this.#requests.observe(labels, seconds);
    this.#latency.observe(seconds);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** In the Prometheus text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
