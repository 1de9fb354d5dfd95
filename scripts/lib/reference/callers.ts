import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Role } from '#shared/domain/vocabulary.ts';

/** A rule of who may call an operation: it refuses by throwing. */
type Rule = (options: object, input: unknown, output: unknown) => unknown;
interface Guarded {
  '~orpc': { middlewares: readonly unknown[] };
}

async function lets(rules: readonly Rule[], role: Role): Promise<boolean> {
  const options = { context: { caller: { role } }, next: () => ({}) };
  try {
    for (const rule of rules) await rule(options, {}, () => ({}));
    return true;
  } catch {
    return false;
  }
}

/**
 * Who may call an operation, found by calling its rules in the name of each role: the reference says what the server enforces. The first rule wants
 * somebody signed in; without any, no token is needed.
 */
export async function callersOf(operation: object): Promise<string> {
  const [signIn, ...rules] = (operation as Guarded)['~orpc'].middlewares as readonly Rule[];
  if (!signIn) return 'anyone, without a token';
  const roles: Role[] = [];
  for (const role of vocabulary.role) if (await lets(rules, role)) roles.push(role);
  return roles.length === vocabulary.role.length ? 'any user' : roles.join(', ');
}
