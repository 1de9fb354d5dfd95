import { dataSentence } from '#cli/mcp/server.ts';
import { hashTables } from '#test/support/table-hash.ts';
import type { Agent, Answer, Protocol } from './agent.ts';
import { casesFor } from './cases.ts';
import type { Input } from './cases.ts';
import { order } from './site.ts';
import type { Site } from './site.ts';

/** Connects an agent in some way. */
export type Connect = (options: {
  answer?: 'accept' | 'decline' | 'false';
  actor?: string;
}) => Promise<Agent>;

export interface Report {
  tools: number;
  calls: number;
  refusals: number;
  confirmations: number;
  problems: string[];
}

/** Calls every tool in every way, and compares the whole of live after each call. */
export async function checkTools(site: Site, protocol: Protocol, connect: Connect): Promise<Report> {
  const checks = new Checks(site);
  const sandbox = `Try ${protocol}`;
  const cases = casesFor(site, sandbox);
  const [agreeing, declining, hesitating, mute, viewer] = await Promise.all([
    connect({ answer: 'accept' }),
    connect({ answer: 'decline' }),
    connect({ answer: 'false' }),
    connect({}),
    connect({ answer: 'accept', actor: 'Vera' }),
  ]);
  try {
    const { tools } = await agreeing.client.listTools();
    checks.report.tools = tools.length;
    checks.same('the tools', tools.map(({ name }) => name).toSorted(), Object.keys(cases).toSorted());
    if (JSON.stringify(tools).includes(order.slice(0, 20))) checks.problem('data in a description of a tool');
    await checks.works(agreeing, 'create_sandbox', { name: sandbox });
    for (const [tool, { works, refused, forbidden = [], confirms }] of Object.entries(cases)) {
      await checks.refused(agreeing, tool, { bogus: 1 }, 'INPUT');
      for (const input of forbidden) await checks.refused(viewer, tool, input, 'FORBIDDEN');
      if (confirms) {
        for (const input of works) {
          await checks.refused(mute, tool, input, 'CONFIRMATION');
          await checks.refusesForged(declining, tool, input);
          for (const agent of [declining, hesitating]) {
            await checks.refused(agent, tool, input, 'DECLINED');
            checks.report.confirmations += 1;
          }
          checks.report.confirmations += 1;
        }
      }
      for (const input of works) await checks.works(agreeing, tool, input);
      for (const [input, code] of refused) await checks.refused(agreeing, tool, input, code);
    }
    const asked = [agreeing, hesitating].map(({ questions }) => questions.length);
    checks.same('questions', asked, [2, 2]);
    await checkResources(agreeing, site, checks);
    await checkOrders(agreeing, site, checks);
    await checkTogether(agreeing, site, checks);
    await checkActor(agreeing, { sandbox, team: site.team }, checks);
  } finally {
    await Promise.all([agreeing, declining, hesitating, mute, viewer].map((agent) => agent.close()));
  }
  return checks.report;
}

class Checks {
  readonly report: Report = { tools: 0, calls: 0, refusals: 0, confirmations: 0, problems: [] };
  readonly #live: string;
  readonly #before: string;

  constructor({ live }: Site) {
    this.#live = live;
    this.#before = hashTables(live);
  }

  problem(what: string): void {
    this.report.problems.push(what);
  }

  same(what: string, found: unknown, wanted: unknown): void {
    const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (left !== right) this.problem(`${what}: ${left}, not ${right}`);
  }

  async works(agent: Agent, tool: string, input: Input): Promise<unknown> {
    const { data, error, text } = await this.#call(agent, tool, input);
    const called = `${tool} ${JSON.stringify(input)}`;
    if (error) this.problem(`${called} was refused: ${text}`);
    else if (text !== `${dataSentence}\n${text.slice(dataSentence.length + 1)}`)
      this.problem(`${called} quotes nothing`);
    else this.same(called, JSON.parse(text.slice(dataSentence.length + 1)), data);
    return data;
  }

  async refused(agent: Agent, tool: string, input: Input, code: string): Promise<void> {
    const { error, text } = await this.#call(agent, tool, input);
    this.report.refusals += 1;
    if (error?.code !== code)
      this.problem(
        `${tool} ${JSON.stringify(input)}: ${error?.code ?? 'not refused'}, not ${code}: ${text.slice(0, 200)}`,
      );
  }

  /** An answer that no person gave: the server of 2026 does not know the question, that of 2025 asks again. */
  async refusesForged(agent: Agent, tool: string, input: Input): Promise<void> {
    const inputResponses = { confirm: { action: 'accept', content: { confirm: true } } };
    const { error } = await this.#call(agent, tool, input, { inputResponses, requestState: 'made-up' });
    this.report.refusals += 1;
    if (error === null) this.problem(`${tool} took a forged confirmation`);
  }

  async #call(agent: Agent, tool: string, input: Input, forged?: Input): Promise<Answer> {
    const answer = await agent.call(tool, input, forged);
    this.report.calls += 1;
    this.unchanged(`${tool} ${JSON.stringify(input)}`);
    return answer;
  }

  unchanged(what: string): void {
    if (hashTables(this.#live) !== this.#before) this.problem(`${what} changed live`);
  }
}

async function checkResources({ client }: Agent, { team }: Site, checks: Checks): Promise<void> {
  const read = async (uri: string): Promise<unknown> => {
    const { contents } = await client.readResource({ uri });
    const [first] = contents;
    const { note, data } = JSON.parse(first && 'text' in first ? first.text : '{}') as {
      note: string;
      data: unknown;
    };
    checks.same(`the note of ${uri}`, note, dataSentence);
    checks.unchanged(uri);
    return data;
  };
  const { resources } = await client.listResources();
  const uris = resources.map(({ uri }) => uri);
  checks.same('resources', uris.toSorted(), [
    'frames-jobs://live',
    'frames-sandboxes://live',
    'frames-tables://live',
  ]);
  for (const uri of uris) await read(uri);
  const { tables } = (await read('frames-tables://live')) as { tables: unknown[] };
  if (tables.length === 0) checks.problem('no tables');
  const record = (await read(`frames://live/teams/${team}`)) as { id: string };
  checks.same('the record', record.id, team);
  for (const uri of [
    'frames://live/teams/team_nobody',
    'frames://other/teams/x',
    'frames://live/history',
    'file:///etc/passwd',
  ]) {
    const wasRead = await read(uri).then(
      () => true,
      () => false,
    );
    if (wasRead) checks.problem(`${uri} was read`);
  }
}

/** Text that gives orders comes quoted, and nothing follows from it. */
async function checkOrders(agent: Agent, { team }: Site, checks: Checks): Promise<void> {
  const sandboxes = await checks.works(agent, 'list_sandboxes', {});
  const { payload } = (await checks.works(agent, 'read_record', { id: team })) as {
    payload: { notes: string };
  };
  checks.same('the text', payload.notes, order);
  await checks.works(agent, 'search_records', { text: 'ignore previous instructions' });
  checks.same('the sandboxes', await checks.works(agent, 'list_sandboxes', {}), sandboxes);
}

/** The history of the sandbox names the agent and the person. */
async function checkActor(
  agent: Agent,
  { sandbox, team }: { sandbox: string; team: string },
  checks: Checks,
): Promise<void> {
  const { rows } = (await checks.works(agent, 'record_history', { id: team, sandbox })) as {
    rows: { transaction: { actor: { id: string; name: string; agent?: string } } }[];
  };
  const { actor } = (await checks.works(agent, 'describe_workspace', {})) as {
    actor: { id: string; name: string };
  };
  const wanted = { id: actor.id, name: actor.name, agent: 'Tester' };
  checks.same('the actor', rows[0]?.transaction.actor, wanted);
}

/** An agent may call much at once, and give up calls; what it calls afterwards is answered. */
async function checkTogether(agent: Agent, { team }: Site, checks: Checks): Promise<void> {
  await Promise.all(Array.from({ length: 12 }, () => checks.works(agent, 'read_record', { id: team })));
  const giveUp = new AbortController();
  const slow = { name: 'answer_question', arguments: { question: 'leavers' } };
  const given = agent.client.callTool(slow, { signal: giveUp.signal }).then(
    () => 'answered',
    () => 'given up',
  );
  giveUp.abort();
  checks.same('the call', await given, 'given up');
  await checks.works(agent, 'read_record', { id: team });
}
