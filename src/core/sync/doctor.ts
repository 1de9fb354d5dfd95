import { canUpgrade, openPort, portOf, readCertificate, resolveName } from '#http/probe.ts';
import type { HttpClient } from '#http/client.ts';
import type { Route } from '#http/proxy.ts';
import { certificateName } from '#http/ca-file.ts';
import { checkSteps } from '#shared/contract/sync.ts';
import type { CheckStep, ConnectionCheck } from '#shared/contract/sync.ts';
import type { FaultData } from '#shared/contract/fault-data.ts';
import { isFault } from '#shared/contract/faults.ts';
import { realtimePath } from '#shared/sync/realtime.ts';
import type { Sentence, SentenceValues } from '#shared/texts/sentence.ts';
import type { Clock } from '../kernel/system.ts';
import { findServer, serverUrl } from './find-server.ts';
import { syncFault } from './remote.ts';

/** Checks the account: signs in again and shakes hands. Returns the user's name. Throws SYNC and errors of the network. */
export type CheckAccount = (url: string) => Promise<string>;

type StepResult = Omit<ConnectionCheck['steps'][number], 'step'>;

/** Seconds that clocks may differ; the server's clock is known to a second. */
const maxClockDifference = 60;

/** Checks each step of reaching a server. After the first failure the other steps are skipped. Throws nothing of the network. */
export async function checkConnection(
  http: HttpClient,
  address: string,
  { clock, checkAccount }: { clock: Clock; checkAccount?: CheckAccount | undefined },
): Promise<ConnectionCheck> {
  const steps: ConnectionCheck['steps'] = [];
  const work = stepsOf(http, address, clock, checkAccount);
  let hasFailed = false;
  for (const step of checkSteps) {
    const result: StepResult = hasFailed ? skipped() : await work[step]().catch(failed);
    hasFailed ||= result.state === 'failed';
    steps.push({ step, ...result });
  }
  return { url: address, ok: !hasFailed, steps };
}

const finding = (code: string, values?: SentenceValues): Sentence => ({
  code: `connection.${code}`,
  ...(values && { values }),
});
const ok = (code: string, values?: SentenceValues): StepResult => ({
  state: 'ok',
  finding: finding(code, values),
  problem: null,
});
const warning = (code: string, values?: SentenceValues): StepResult => ({
  ...ok(code, values),
  state: 'warning',
});
const skipped = (code?: string): StepResult => ({
  state: 'skipped',
  finding: code === undefined ? null : finding(code),
  problem: null,
});

function failed(error: unknown): StepResult {
  const fault = syncFault(error);
  if (!isFault(fault) || fault.code !== 'SYNC') throw fault;
  return { state: 'failed', finding: null, problem: fault.data as FaultData<'SYNC'> };
}

function stepsOf(
  http: HttpClient,
  address: string,
  clock: Clock,
  checkAccount: CheckAccount | undefined,
): Record<CheckStep, () => Promise<StepResult>> {
  let route: Route = { proxy: null, from: null };
  let serverTime: number | null = null;
  const currentUrl = (): URL => serverUrl(address);
  const target = (): URL => route.proxy ?? currentUrl();
  return {
    async address() {
      return ok(currentUrl().protocol === 'https:' ? 'encrypted' : 'loopback');
    },
    async proxy() {
      const { proxy, from } = (route = await http.route(currentUrl()));
      if (!proxy) return ok('direct');
      return ok(from === 'system' ? 'proxyOfSystem' : 'proxyOfEnvironment', { proxy: proxy.host });
    },
    async name() {
      const addresses = await resolveName(currentUrl(), route.proxy);
      return ok('addresses', { host: target().hostname, addresses: addresses.join(', ') });
    },
    async connection() {
      await openPort(currentUrl(), route.proxy);
      return ok('connected', { host: target().hostname, port: String(portOf(target())) });
    },
    async encryption() {
      if (currentUrl().protocol !== 'https:') return skipped('notEncrypted');
      const connection = await http.connect(currentUrl());
      const { certificate, root, refusal } = await readCertificate(currentUrl(), connection);
      const values = certificate && {
        subject: certificateName(certificate.subject),
        issuer: certificateName(certificate.issuer),
        until: certificate.validToDate.toISOString().slice(0, 10),
      };
      if (refusal)
        return { ...failed(refusal), finding: values ? finding('refusedCertificate', values) : null };
      const source = (root && http.trust(currentUrl()).sourceOf(root)) ?? 'unknown';
      return ok('certificate', { ...values, source: { code: `trust.${source}` } });
    },
    async server() {
      const started = clock.now();
      const headers = await findServer(http, currentUrl());
      const date = Date.parse(headers.get('date') ?? '');
      serverTime = Number.isNaN(date) ? null : date - (started + clock.now()) / 2;
      return ok('server');
    },
    async clock() {
      if (serverTime === null) return skipped();
      const seconds = Math.round(Math.abs(serverTime) / 1000);
      return seconds > maxClockDifference ? warning('clockOff', { seconds }) : ok('clock');
    },
    async hints() {
      const url = currentUrl();
      const path = `${url.pathname.replace(/\/$/, '')}${realtimePath}/?EIO=4&transport=websocket`;
      const isAccepted = await canUpgrade(url, await http.connect(url), path).catch(() => false);
      return isAccepted ? ok('hints') : warning('noHints');
    },
    async account() {
      return checkAccount ? ok('account', { name: await checkAccount(address) }) : skipped('noAccount');
    },
  };
}
