import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { Claims, Existing, Lookup } from './claims.ts';

/** Finds out what an id of the file names: a record of the file, or one that lives in the workspace. */
export class Targets {
  readonly #claims: Claims;
  readonly #lookup: Lookup;
  readonly #asked = new Map<string, Existing | undefined>();

  constructor(claims: Claims, lookup: Lookup) {
    this.#claims = claims;
    this.#lookup = lookup;
  }

  /** The id that a value means, after the renaming of ids that could not be kept; null when it means none. */
  idIn(value: Json | undefined, exact: string | undefined): string | null {
    if (typeof value === 'number') return exact ?? String(value);
    if (typeof value !== 'string' || value === '') return null;
    return this.#claims.renamed.get(value) ?? value;
  }

  /** The type of the record with that id once the file is in, or null when there will be none. */
  typeOf(id: string): EntityType | null {
    return this.#claims.byId.get(id)?.type ?? this.typeInWorkspace(id);
  }

  /** The type of the live record that the workspace has under that id, or null. */
  typeInWorkspace(id: string): EntityType | null {
    const found = this.existing(id);
    return found && !found.deleted && isEntityType(found.type) ? found.type : null;
  }

  /** What the workspace has under an id. */
  existing(id: string): Existing | undefined {
    const claim = this.#claims.byId.get(id);
    if (claim) return claim.existing;
    if (!this.#asked.has(id)) this.#asked.set(id, this.#lookup(id));
    return this.#asked.get(id);
  }
}
