import type { Lifecycle } from '#shared/domain/vocabulary.ts';
import { createDice } from './dice.ts';
import type { Dice } from './dice.ts';
import { samplePlans } from './plan.ts';
import type { SamplePlan, SampleSize } from './plan.ts';
import type { ProjectType } from './texts/projects.ts';
import type { Discipline, TeamKind } from './texts/teams.ts';

export interface SampleOptions {
  size: SampleSize;
  /** Any whole number; the same seed, size and moment give the same records. */
  seed: number;
  /** Milliseconds since 1970: cohort years and graduation terms lie around it. */
  now: number;
}

export interface SampleUniversity {
  id: string;
  /** The part of ids that names it. */
  slug: string;
  /** How strongly it is staffed beside the others. */
  weight: number;
}

export interface SampleProject {
  id: string;
  mission: string;
  type: ProjectType;
  trades: readonly Discipline[];
  /** Null when it is shared. */
  university: SampleUniversity | null;
}

export interface SampleTeam {
  id: string;
  university: SampleUniversity;
  project: SampleProject | null;
  kind: TeamKind;
  discipline: Discipline;
  lifecycle: Lifecycle;
  size: number;
}

export interface SampleFaculty {
  id: string;
  university: SampleUniversity;
}

/** What later sections need to know of earlier ones. It holds no payloads, so that memory stays flat. */
export interface World {
  plan: SamplePlan;
  now: Date;
  dice: (purpose: string) => Dice;
  /** `prefix_text`, with a number behind it when the text has been used before. */
  idFor: (prefix: string, text: string) => string;
  universities: SampleUniversity[];
  projects: SampleProject[];
  teams: SampleTeam[];
  faculty: SampleFaculty[];
  /** Active members of teams and the links, for contacts; empty in a sample without contacts. */
  members: Map<SampleTeam, string[]>;
  links: { from: string; to: string; bond: string }[];
}

/** A name in the form that ids have: lower case, letters and digits, hyphens between. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

export function createWorld(options: SampleOptions): World {
  const used = new Map<string, number>();
  return {
    plan: samplePlans[options.size],
    now: new Date(options.now),
    dice: (purpose) => createDice(options.seed, purpose),
    idFor: (prefix, text) => {
      const id = `${prefix}_${slugOf(text)}`;
      const times = (used.get(id) ?? 0) + 1;
      used.set(id, times);
      return times === 1 ? id : `${id}-${times}`;
    },
    universities: [],
    projects: [],
    teams: [],
    faculty: [],
    members: new Map(),
    links: [],
  };
}

/** Fills `{day}` and the like in a sentence. */
export function fillIn(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}
