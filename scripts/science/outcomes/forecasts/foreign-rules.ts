import type { Split } from '../observations.ts';

/** How people and links of a foreign world change. Chances are per term, from 0 to 1. */
export interface ForeignRules {
  teams: number;
  /** Members of a team at the start. */
  size: number;
  /** Whether all links lead to the first team. */
  isStar: boolean;
  /** The least and the most terms that a newcomer expects to stay. */
  stay: readonly [number, number];
  /** The chance that a student leaves early. */
  early: number;
  /** The chance that a student whose terms are over stays for one or two more. */
  extend: number;
  /** The chance that a team loses `burstShare` of its members at once. */
  burst: number;
  burstShare: number;
  /** The chance that a leaver takes a colleague along. */
  follow: number;
  /** Newcomers for each leaver. */
  refill: number;
  /** Whether newcomers come in every second term only. */
  isYearly: boolean;
  /** The chance that a member changes the team. */
  move: number;
  /** The chance that a link loses 10 to 25 points. */
  decay: number;
  /** The chance that a link gains as much. */
  mend: number;
  /** The chance that a team gets a new link. */
  newLinks: number;
  /** The chance that a third of the links end, and as many others begin. */
  reorganise: number;
  /** The chance that a link ends when its bearer leaves; otherwise a colleague takes it over. */
  endWithBearer: number;
  /** The chance that a change is recorded a term late. */
  late: number;
  /** The chance that the recorded terms of a student are wrong by one or two. */
  wrongTerms: number;
}

const calm: ForeignRules = {
  teams: 8,
  size: 5,
  isStar: false,
  stay: [3, 7],
  early: 0.05,
  extend: 0,
  burst: 0,
  burstShare: 0.6,
  follow: 0,
  refill: 1,
  isYearly: false,
  move: 0,
  decay: 0,
  mend: 0,
  newLinks: 0,
  reorganise: 0,
  endWithBearer: 0,
  late: 0,
  wrongTerms: 0,
};

/** Worlds with other rules than the simulation, by kind. The held kinds were not looked at while the model error was chosen. */
export const foreignKinds: Readonly<Record<string, { split: Split; rules: ForeignRules }>> = {
  'leaving in bursts': {
    split: 'chosen by',
    rules: { ...calm, burst: 0.12, follow: 0.2, refill: 0.9, endWithBearer: 0.3 },
  },
  'links that decay': {
    split: 'chosen by',
    rules: { ...calm, teams: 12, decay: 0.15, endWithBearer: 0.4, extend: 0.2, wrongTerms: 0.2 },
  },
  'a yearly intake': {
    split: 'chosen by',
    rules: {
      ...calm,
      teams: 6,
      size: 8,
      stay: [4, 6],
      isYearly: true,
      move: 0.08,
      mend: 0.05,
      newLinks: 0.1,
    },
  },
  'records kept late': {
    split: 'chosen by',
    rules: { ...calm, teams: 10, late: 0.4, wrongTerms: 0.4, extend: 0.3, newLinks: 0.1, decay: 0.05 },
  },
  growth: {
    split: 'chosen by',
    rules: { ...calm, teams: 6, size: 4, early: 0.08, refill: 1.3, newLinks: 0.25, mend: 0.08 },
  },
  decline: {
    split: 'chosen by',
    rules: { ...calm, teams: 14, size: 4, refill: 0.6, decay: 0.08, endWithBearer: 0.5, follow: 0.15 },
  },
  'projects that end': {
    split: 'chosen by',
    rules: {
      ...calm,
      teams: 10,
      size: 6,
      burst: 0.06,
      burstShare: 0.9,
      isYearly: true,
      newLinks: 0.15,
      endWithBearer: 0.5,
    },
  },
  'students who stay on': {
    split: 'chosen by',
    rules: {
      ...calm,
      teams: 18,
      extend: 0.6,
      move: 0.1,
      late: 0.2,
      mend: 0.05,
      decay: 0.05,
      newLinks: 0.05,
    },
  },
  reorganisations: {
    split: 'held',
    rules: { ...calm, teams: 10, reorganise: 0.3, move: 0.2, extend: 0.2, newLinks: 0.05 },
  },
  'one team in the middle': {
    split: 'held',
    rules: { ...calm, teams: 10, isStar: true, burst: 0.1, endWithBearer: 0.6, newLinks: 0.1, late: 0.2 },
  },
  'short stays': {
    split: 'held',
    rules: { ...calm, size: 6, stay: [1, 3], refill: 1.1, follow: 0.2, decay: 0.05, newLinks: 0.15 },
  },
  'slow change': {
    split: 'held',
    rules: { ...calm, teams: 14, stay: [4, 8], extend: 0.1, decay: 0.04, mend: 0.04, wrongTerms: 0.2 },
  },
};
