import { registerHooks } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plantedFaults } from './planted.ts';

const root = new URL('../../../', import.meta.url);
const active = new Set<string>();

/** Turns on one fault, and none other. */
export function turnOn(name: string | null): void {
  active.clear();
  if (name === null) return;
  active.add(name);
  const { together } = plantedFaults[name] ?? {};
  if (together) active.add(together);
}

/** Plants all faults, turned off, in the modules that are loaded from now on. Throws if the code of one has changed. */
export function plantFaults(): void {
  const globals = globalThis as { isPlanted?: (name: string) => boolean };
  globals.isPlanted = (name) => active.has(name);
  const edits = new Map<string, { name: string; code: string; faulty: string }[]>();
  for (const [name, fault] of Object.entries(plantedFaults))
    for (const { file, code, faulty } of fault.edits) {
      const url = new URL(file, root).href;
      edits.set(url, [...(edits.get(url) ?? []), { name, code, faulty }]);
    }
  registerHooks({
    load(url, context, nextLoad) {
      const own = edits.get(url);
      if (!own) return nextLoad(url, context);
      let source = readFileSync(fileURLToPath(url), 'utf8');
      for (const { name, code, faulty } of own) {
        if (source.split(code).length !== 2) throw new Error(`${url} has not once the code of "${name}"`);
        const planted = faulty.replaceAll('FAULTY', `globalThis.isPlanted(${JSON.stringify(name)})`);
        source = source.replace(code, () => planted);
      }
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
