import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of `count` records in the form of the original FRAMES. */
export function largeFile(folder: string, count: number): string {
  const half = count / 2;
  const teams = Array.from({ length: half }, (_, index) => ({
    id: `team_${index}`,
    name: `Team ${index}`,
    discipline: 'software',
    lifecycle: 'established',
    size: 4,
    experience: 12,
    created_at: '2025-11-17T00:00:00',
  }));
  const interfaces = Array.from({ length: half }, (_, index) => ({
    id: `interface_${index}`,
    from: `team_${index}`,
    to: `team_${(index + 1) % half}`,
    interfaceType: 'team-to-team',
    bondType: 'codified-strong',
    energyLoss: 5,
    created_at: '2025-11-17T00:00:00',
  }));
  const path = join(folder, 'large.json');
  writeFileSync(path, JSON.stringify({ teams, faculty: [], projects: [], interfaces }));
  return path;
}
