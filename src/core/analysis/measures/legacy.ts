import type { LegacyMeasures } from '#shared/contract/analysis.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';

/** The input of the legacy model. Losses in per cent; null if unknown. */
export interface LegacyCounts {
  teams: readonly { discipline: string | null; lifecycle: string | null }[];
  faculty: number;
  projects: readonly { type: string | null; duration_months: number | null }[];
  interfaces: readonly {
    bond: string | null;
    loss: number | null;
    /** Whether the link joins two teams of different known disciplines. */
    isCrossDiscipline: boolean;
  }[];
}

/** Rounds halves to the even neighbour, like Python's `round`, to `digits` decimals. */
export function roundHalfEven(value: number, digits = 0): number {
  const factor = 10 ** digits;
  const scaled = value * factor;
  const floor = Math.floor(scaled);
  const fraction = scaled - floor;
  const isHalf = Math.abs(fraction - 0.5) < 1e-9;
  const rounded = isHalf ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(scaled);
  return rounded / factor;
}

const ratio = (part: number, total: number): number => (total > 0 ? part / total : 0);
const percent = (part: number, total: number): number => roundHalfEven(100 * ratio(part, total), 1);
const scoreOf = (...rules: readonly [points: number, holds: boolean][]): number =>
  rules.reduce((sum, [points, holds]) => sum + (holds ? points : 0), 0);

/** The measures of the original program with its thresholds. Unknown losses count in no mean. */
export function legacyModel({ teams, faculty, projects, interfaces }: LegacyCounts): LegacyMeasures {
  const [teamCount, projectCount, linkCount] = [teams.length, projects.length, interfaces.length];
  const nodeCount = teamCount + faculty + projectCount;
  const countLifecycle = (stage: string): number => teams.filter((team) => team.lifecycle === stage).length;
  const [incoming, established, outgoing] = ['incoming', 'established', 'outgoing'].map(countLifecycle) as [
    number,
    number,
    number,
  ];
  const countBonds = (part: string): number => interfaces.filter(({ bond }) => bond?.includes(part)).length;
  const [codified, institutional, fragile] = [
    countBonds('codified'),
    countBonds('institutional'),
    countBonds('fragile'),
  ];
  const crossing = interfaces.filter(({ isCrossDiscipline }) => isCrossDiscipline).length;
  const disciplines = new Set(teams.flatMap(({ discipline }) => discipline ?? [])).size;
  const losses = interfaces.flatMap(({ loss }) => loss ?? []);
  const countLosses = (predicate: (loss: number) => boolean): number => losses.filter(predicate).length;
  const countProjects = (type: string): number => projects.filter((project) => project.type === type).length;
  const durations = projects.flatMap(({ duration_months: months }) => months ?? []);
  const meanYears =
    ratio(
      durations.reduce((sum, months) => sum + months, 0),
      durations.length,
    ) / 12;
  return {
    statistics: {
      totalMolecules: nodeCount,
      totalBonds: linkCount,
      energyFlow: percent(
        countLosses((loss) => loss <= 15),
        linkCount,
      ),
      decompositionRisk: percent(
        countLosses((loss) => loss >= 35),
        linkCount,
      ),
      totalEnergyLoss: roundHalfEven(
        ratio(
          losses.reduce((sum, loss) => sum + loss, 0),
          losses.length,
        ),
        1,
      ),
    },
    nda: {
      actorAutonomy: scoreOf(
        [30, teamCount / Math.max(faculty, 1) > 3],
        [40, institutional > codified],
        [30, outgoing > 0.3 * teamCount],
      ),
      partitionedKnowledge: scoreOf(
        [25, disciplines > 4],
        [35, crossing < 2 * disciplines],
        [40, institutional > 0.5 * linkCount],
      ),
      emergentOutputs: scoreOf(
        [30, countProjects('multiversity') > 0],
        [40, countProjects('research') > countProjects('jpl-contract')],
        [30, incoming > 0.4 * teamCount],
      ),
      temporalMisalignment: scoreOf(
        [25, incoming > outgoing],
        [35, outgoing > 0.5 * established],
        [40, meanYears > 3],
      ),
      integrationCost: scoreOf(
        [30, linkCount / Math.max(nodeCount, 1) > 2],
        [40, countLosses((loss) => loss > 30) > 0.5 * linkCount],
        [30, crossing > 0.3 * linkCount],
      ),
      couplingDegradation: scoreOf(
        [35, fragile > 0.2 * linkCount],
        [30, institutional > 0.4 * linkCount],
        [35, outgoing > 0.3 * teamCount],
      ),
    },
    backward: {
      documentation: tracingRisk(100 - (100 * codified) / Math.max(linkCount, 1)),
      communication: tracingRisk(100 - (50 * crossing) / Math.max(teamCount, 1)),
      rationale: tracingRisk((100 * institutional) / Math.max(linkCount, 1)),
      handoff: tracingRisk((100 * Math.max(outgoing, incoming)) / Math.max(teamCount, 1)),
    },
    lifecycle: {
      incoming: { count: incoming, percentage: percent(incoming, teamCount) },
      established: { count: established, percentage: percent(established, teamCount) },
      outgoing: { count: outgoing, percentage: percent(outgoing, teamCount) },
      total: teamCount,
    },
  };
}

/** A risk of backward tracing: 0 to 100, HIGH above 70, MEDIUM above 40. */
function tracingRisk(value: number): LegacyMeasures['backward']['handoff'] {
  const risk = roundHalfEven(Math.min(100, Math.max(0, value)));
  return { risk, riskLevel: risk > 70 ? 'HIGH' : risk > 40 ? 'MEDIUM' : 'LOW' };
}

const teamQuery = `SELECT discipline, lifecycle FROM teams WHERE ${visibleCondition()}`;
const facultyQuery = `SELECT count(*) AS count FROM faculty WHERE ${visibleCondition()}`;
const projectQuery = `SELECT type, duration_months FROM projects WHERE ${visibleCondition()}`;
const linkQuery = `SELECT i.bond_type AS bond, i.energy_loss AS loss, a.discipline <> b.discipline AS crossing
  FROM interfaces i LEFT JOIN teams a ON a.id = i.from_id LEFT JOIN teams b ON b.id = i.to_id WHERE ${visibleCondition('i')}`;

interface LinkRow {
  bond: string | null;
  loss: number | null;
  crossing: number | null;
}

/**
 * Reads the counts for the measures of the program before FRAMES. A link counts for a university if either end belongs to
 * it. Yields between tables.
 */
export function* readLegacyCounts(
  db: ReadHandle,
  university?: string,
): Generator<number, LegacyCounts, void> {
  const condition = university === undefined ? '' : ' AND university_id = ?';
  const parameters = university === undefined ? [] : [university];
  const teams = db.all<LegacyCounts['teams'][number]>(teamQuery + condition, parameters);
  yield teams.length;
  const facultyCount = db.get<{ count: number }>(facultyQuery + condition, parameters)?.count ?? 0;
  const projects = db.all<LegacyCounts['projects'][number]>(projectQuery + condition, parameters);
  yield projects.length;
  const endConditions = ['from_id', 'to_id'].flatMap((end) =>
    ['universities', 'teams', 'faculty', 'students', 'projects', 'organisations', 'outcomes'].map(
      (table) => `i.${end} IN (SELECT id FROM ${table} WHERE university_id = ?)`,
    ),
  );
  const links = db.all<LinkRow>(
    university === undefined ? linkQuery : `${linkQuery} AND (${endConditions.join(' OR ')})`,
    university === undefined ? [] : endConditions.map(() => university),
  );
  yield links.length;
  const interfaces = links.map(({ bond, loss, crossing }) => ({
    bond,
    loss,
    isCrossDiscipline: crossing === 1,
  }));
  return { teams, faculty: facultyCount, projects, interfaces };
}
