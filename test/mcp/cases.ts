import type { Site } from './site.ts';

export type Input = Record<string, unknown>;

export interface ToolCase {
  /** Calls that succeed, in their order. */
  works: readonly Input[];
  /** Calls that are refused, with the code. */
  refused: readonly (readonly [Input, code: string])[];
  /** Calls that nobody who only reads may make. */
  forbidden?: readonly Input[];
  /** It asks a person first. */
  confirms?: true;
}

const unknown = 'team_nobody';

/** What each tool is called with; a sandbox of that name exists. Tools follow each other in this order. */
export function casesFor({ team, job }: Site, sandbox: string): Readonly<Record<string, ToolCase>> {
  const there = { sandbox };
  const nowhere = [{ sandbox: 'Nowhere' }, 'NOT_FOUND'] as const;
  /** How a change of live might be tried. */
  const onLive = (input: Input): ToolCase['refused'] => [
    [{ ...input, sandbox: 'live' }, 'NOT_FOUND'],
    [{ ...input, sandbox: '../frames.sqlite' }, 'NOT_FOUND'],
    [{ ...input, sandbox: '' }, 'INPUT'],
    [{ ...input, sandbox: null }, 'INPUT'],
    [input, 'INPUT'],
    [{ ...input, ...there, target: 'live' }, 'INPUT'],
  ];
  const record = { type: 'team', id: `team_of_${sandbox}` };
  const created = { ...record, data: { name: 'Made by an agent' } };
  const changed = { type: 'team', id: team, data: { size: 9 } };
  const proposed = { template: 'review_rota', subjects: [team] };
  const comment = { record: team, text: 'Noted by an agent.' };
  return {
    describe_workspace: { works: [{}, there], refused: [nowhere] },
    search_records: {
      works: [{ text: 'attitude' }, { text: 'attitude', types: ['team'], limit: 3, ...there }],
      refused: [
        [{ text: '' }, 'INPUT'],
        [{}, 'INPUT'],
        [{ text: 'a', ...nowhere[0] }, 'NOT_FOUND'],
      ],
    },
    show_code_map: {
      works: [{ repository: 'fsw' }, { repository: 'fsw', ...there }],
      refused: [[{ repository: unknown }, 'NOT_FOUND']],
    },
    similar_records: { works: [{ id: team }], refused: [[{ id: unknown }, 'NOT_FOUND']] },
    read_record: {
      works: [{ id: team }, { id: team, ...there }],
      refused: [
        [{ id: unknown }, 'NOT_FOUND'],
        [{ id: '' }, 'INPUT'],
        [{ id: team, ...nowhere[0] }, 'NOT_FOUND'],
      ],
    },
    read_document: {
      works: [{ id: 'doc_handover-guide-of-flight-software' }],
      refused: [[{ id: unknown }, 'NOT_FOUND']],
    },
    list_records: {
      works: [
        { type: 'team', limit: 2 },
        { type: 'team', filters: [{ field: 'name', op: 'contains', value: 'control' }], ...there },
      ],
      refused: [
        [{ type: 'rocket' }, 'INPUT'],
        [{ type: 'team', limit: -1 }, 'INPUT'],
        [{ type: 'team', ...nowhere[0] }, 'NOT_FOUND'],
      ],
    },
    record_links: { works: [{ id: team, limit: 2 }], refused: [[{ id: unknown }, 'NOT_FOUND']] },
    related_records: {
      works: [
        { id: team, depth: 3, limit: 2 },
        { id: team, ...there },
      ],
      refused: [
        [{ id: unknown }, 'NOT_FOUND'],
        [{ id: team, depth: 4 }, 'INPUT'],
      ],
    },
    next_task: { works: [{}, there], refused: [[{ repository: unknown }, 'NOT_FOUND'], nowhere] },
    record_history: { works: [{ id: team, limit: 2 }], refused: [[{ id: 5 }, 'INPUT']] },
    answer_question: {
      works: [
        { question: 'leavers', quick: true, limit: 2 },
        { question: 'degrading', quick: true, limit: 2 },
        { question: 'weak', quick: true, limit: 2 },
        { question: 'undocumented', quick: true, limit: 2 },
        { question: 'cohorts', quick: true, limit: 2 },
        { question: 'expertise', quick: true, limit: 2 },
        { question: 'changes', limit: 2 },
        { question: 'leavers', quick: true, limit: 2, ...there },
      ],
      refused: [
        [{ question: 'everything' }, 'INPUT'],
        [{ question: 'weak', ...nowhere[0] }, 'NOT_FOUND'],
      ],
    },
    describe_tables: { works: [{}], refused: [nowhere] },
    run_sql: {
      works: [{ sql: 'SELECT count(*) AS n FROM teams' }, { sql: 'SELECT count(*) FROM teams', ...there }],
      refused: [
        [{ sql: "UPDATE teams SET name = 'x'" }, 'SQL'],
        [{ sql: 'SELECT 1; DROP TABLE teams' }, 'SQL'],
        [{ sql: "ATTACH 'frames.sqlite' AS live" }, 'SQL'],
        [{}, 'INPUT'],
      ],
    },
    list_jobs: {
      works: [{}],
      refused: [
        [{ states: ['asleep'] }, 'INPUT'],
        [there, 'INPUT'],
      ],
    },
    show_job: { works: [{ id: job }], refused: [[{ id: 'job_nobody' }, 'NOT_FOUND']] },
    list_sandboxes: { works: [{}], refused: [[{ trash: true }, 'INPUT']] },
    create_sandbox: {
      works: [{ name: `Second ${sandbox}` }, { name: `Copy of ${sandbox}`, from: sandbox }],
      refused: [
        [{ name: sandbox }, 'INVALID'],
        [{ name: 'live' }, 'INVALID'],
        [{ name: '' }, 'INPUT'],
        [{ name: 'From nowhere', from: 'Nowhere' }, 'NOT_FOUND'],
      ],
      forbidden: [{ name: 'Forbidden' }],
    },
    create_record: {
      works: [{ ...created, ...there }],
      refused: [
        [{ ...created, ...there, type: 'rocket' }, 'INPUT'],
        [{ ...created, ...there }, 'DUPLICATE_ID'],
        [{ type: 'team', data: { name: 'x', lifecicle: 'active' }, ...there }, 'UNKNOWN_FIELD'],
        [{ ...created, ...nowhere[0] }, 'NOT_FOUND'],
        ...onLive(created),
      ],
      forbidden: [{ type: 'team', data: { name: 'Forbidden' }, ...there }],
    },
    update_record: {
      works: [
        { ...changed, ...there },
        { ...record, data: { mood: 'calm' }, new_fields: ['mood'], ...there },
        { ...record, unset: ['mood'], ...there },
      ],
      refused: [
        [{ ...changed, ...there, id: unknown }, 'NOT_FOUND'],
        [{ ...changed, ...there, data: { size: 'many' } }, 'INVALID'],
        [{ ...changed, ...there, data: { sizes: 3 } }, 'UNKNOWN_FIELD'],
        ...onLive(changed),
      ],
      forbidden: [{ ...changed, ...there }],
    },
    add_comment: {
      works: [{ ...comment, ...there }],
      refused: [
        [{ ...comment, text: '', ...there }, 'INPUT'],
        [{ ...comment, record: unknown, ...there }, 'INVALID'],
        ...onLive(comment),
      ],
      forbidden: [{ ...comment, ...there }],
    },
    propose_repair: {
      works: [
        { ...proposed, ...there },
        { ...proposed, due_on: '2040-01-01', language: 'de', question: 'weak', ...there },
      ],
      refused: [
        [{ subjects: [team], ...there }, 'INPUT'],
        [{ ...proposed, template: 'nothing', ...there }, 'INPUT'],
        [{ ...proposed, template: 'hand_over', ...there }, 'INVALID'],
        [{ ...proposed, subjects: [unknown], ...there }, 'NOT_FOUND'],
        ...onLive(proposed),
      ],
      forbidden: [{ ...proposed, ...there }],
    },
    delete_record: {
      works: [{ ...record, ...there }],
      refused: [
        [{ type: 'team', id: unknown, ...there }, 'NOT_FOUND'],
        ...onLive({ type: 'team', id: team }),
      ],
      forbidden: [{ type: 'team', id: team, ...there }],
      confirms: true,
    },
    restore_record: {
      works: [{ ...record, ...there }],
      refused: [[{ type: 'team', id: unknown, ...there }, 'NOT_FOUND'], ...onLive(record)],
      forbidden: [{ ...record, ...there }],
    },
    compare_sandbox: {
      works: [{ id: sandbox, limit: 5 }],
      refused: [
        [{ id: 'live' }, 'NOT_FOUND'],
        [{ id: 'Nowhere' }, 'NOT_FOUND'],
      ],
    },
    discard_sandbox: {
      works: [{ sandbox: `Second ${sandbox}` }],
      refused: [[{ sandbox: 'live' }, 'NOT_FOUND'], nowhere, [{}, 'INPUT'], [{ sandbox: '' }, 'INPUT']],
      forbidden: [there],
      confirms: true,
    },
  };
}
