import { z } from 'zod';
import { maxLengths } from '../../domain/limits.ts';
import { operation } from './base.ts';

/** For admins; each call is audited. */
const tags = ['Webhooks'];

/** Who sends or receives: decides how deliveries are signed, and what their bodies mean. */
export const hookKinds = ['github', 'gitlab', 'gitea', 'standard'] as const;
export type HookKind = (typeof hookKinds)[number];
