import * as admin from './admin.ts';
import * as ai from './ai.ts';
import * as audit from './audit.ts';
import * as auth from './auth.ts';
import { recordOperations, sharedSandboxOperations } from './data.ts';
import type { RecordOperations } from './data.ts';
import type { EntityType } from '../../domain/types.ts';
import * as events from './events.ts';
import * as files from './files.ts';
import * as hooks from './hooks.ts';
import * as jobs from './jobs.ts';
import * as maps from './maps.ts';
import * as people from './people.ts';
import * as state from './state.ts';
import * as status from './status.ts';
import * as sync from './sync.ts';
import * as users from './users.ts';

/** The record types by the name of their group of operations. */
export const typeByGroup = {
  universities: 'university',
  projects: 'project',
  organisations: 'organisation',
  teams: 'team',
  faculty: 'faculty',
  students: 'student',
  repositories: 'repository',
  interfaces: 'interface',
  outcomes: 'outcome',
  riskFactors: 'risk-factor',
  factorModels: 'factor-model',
  contacts: 'contact',
  repairs: 'repair',
  tasks: 'task',
  documents: 'document',
  comments: 'comment',
} as const satisfies Record<string, EntityType>;
export type RecordGroup = keyof typeof typeByGroup;

const recordGroups = Object.fromEntries(
  Object.entries(typeByGroup).map(([group, type]) => [group, recordOperations(type)]),
) as Record<RecordGroup, RecordOperations>;

/** Every operation of the server, declared once. Routes, client calls and the OpenAPI document derive from it. */
export const serverContract = {
  auth: {
    bootstrap: auth.bootstrap,
    token: auth.token,
    refresh: auth.refresh,
    logout: auth.logout,
    oidcStart: auth.oidcStart,
    oidcToken: auth.oidcToken,
    changePassword: auth.changePassword,
    me: auth.me,
  },
  users: {
    list: users.list,
    get: users.get,
    create: users.create,
    update: users.update,
    replace: users.replace,
    remove: users.remove,
    sessions: users.sessions,
    revokeSession: users.revokeSession,
  },
  sync: {
    hello: sync.hello,
    push: sync.push,
    pull: sync.pull,
    records: sync.records,
    snapshot: sync.snapshot,
    digest: sync.digest,
    erasures: sync.erasures,
  },
  events: { read: events.read },
  files: { missing: files.missing, store: files.store, read: files.read, check: files.check },
  ...recordGroups,
  sharedSandboxes: sharedSandboxOperations,
  maps: { read: maps.read },
  state: { get: state.get, replace: state.replace },
  status: { get: status.get },
  ai: { goose: ai.goose, ask: ai.ask, models: ai.models },
  hooks: {
    list: hooks.list,
    create: hooks.create,
    rotate: hooks.rotate,
    remove: hooks.remove,
    resend: hooks.resend,
    test: hooks.test,
  },
  jobs: { list: jobs.list, create: jobs.create, retry: jobs.retry, cancel: jobs.cancel },
  people: { occurrences: people.occurrences, erase: people.erase },
  audit: { list: audit.list, signIns: audit.signIns, access: audit.access },
  admin: {
    health: admin.health,
    stats: admin.stats,
    files: admin.files,
    vacuum: admin.vacuum,
    trainKnowledge: admin.trainKnowledge,
    knowledgeStatus: admin.knowledgeStatus,
    knowledgeBase: admin.knowledgeBase,
    clearKnowledge: admin.clearKnowledge,
    chromaTrain: admin.chromaTrain,
    chromaStatus: admin.chromaStatus,
    chromaKnowledgeBase: admin.chromaKnowledgeBase,
    chromaClear: admin.chromaClear,
    chromaDelete: admin.chromaDelete,
    backUp: admin.backUp,
    backupStatus: admin.backupStatus,
    backupList: admin.backupList,
    restore: admin.restore,
  },
};

export type ServerContract = typeof serverContract;
