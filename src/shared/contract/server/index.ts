import * as admin from './admin.ts';
import * as ai from './ai.ts';
import * as audit from './audit.ts';
import * as auth from './auth.ts';
import { operationsOf } from '../base.ts';
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
  auth: operationsOf([auth]),
  users: operationsOf([users]),
  sync: operationsOf([sync]),
  events: operationsOf([events]),
  files: operationsOf([files]),
  ...recordGroups,
  sharedSandboxes: sharedSandboxOperations,
  maps: operationsOf([maps]),
  state: operationsOf([state]),
  status: operationsOf([status]),
  ai: operationsOf([ai]),
  hooks: operationsOf([hooks]),
  jobs: operationsOf([jobs]),
  people: operationsOf([people]),
  audit: operationsOf([audit]),
  admin: operationsOf([admin]),
};

export type ServerContract = typeof serverContract;
