import { isAllowed } from '../licence-rules.ts';
import type { Electron } from '../electron-kinds.ts';
import { runOrThrow } from '../run-or-throw.ts';

/** The parts of a CycloneDX document that are used here. */
export interface Sbom {
  serialNumber?: string;
  metadata: { timestamp: string; component: { name: string; type: string } };
  components: { type: string; name: string; version: string; licenses?: SbomLicence[] }[];
}

interface SbomLicence {
  license?: { id?: string; name?: string };
  expression?: string;
}

/**
 * The software bill of materials (CycloneDX 1.5) of the packages that the program is built of, and of its Electron. The same for every
 * build of a commit: `time` is in seconds since 1970. Throws when npm cannot make it.
 */
export async function makeSbom(electron: Electron, time: number): Promise<Sbom> {
  const printed = await runOrThrow('npm', ['sbom', '--omit=dev', '--sbom-format=cyclonedx']);
  const { serialNumber: _, ...sbom } = JSON.parse(printed) as Sbom;
  sbom.metadata.timestamp = new Date(1000 * time).toISOString();
  Object.assign(sbom.metadata.component, { name: 'frames-desktop', type: 'application' });
  sbom.components.push({
    type: 'framework',
    name: 'electron',
    version: electron.version,
    licenses: [{ license: { id: 'MIT' } }],
  });
  return sbom;
}

/** The components whose licence we may not ship, with that licence. */
export function forbiddenIn({ components }: Sbom): string[] {
  return components.flatMap(({ name, version, licenses = [] }) => {
    const terms = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '');
    const isFine = terms.length > 0 && terms.every((licence) => isAllowed(licence));
    return isFine ? [] : [`${name}@${version}: ${terms.join(', ') || 'no licence'}`];
  });
}
