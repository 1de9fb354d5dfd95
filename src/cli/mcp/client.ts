import { CLIENT_CAPABILITIES_META_KEY, CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server';
import type {
  ClientCapabilities,
  Implementation,
  McpServer,
  ServerContext,
} from '@modelcontextprotocol/server';
import { oneLine } from '../output/output.ts';

const longestName = 80;

/** The calling program: its name for the audit, and whether it can ask its user. */
export interface Client {
  name: string;
  canAsk: boolean;
}

/** Sender data in each request of the 2026 protocol. The library validates it but does not type it. */
interface Envelope {
  [CLIENT_INFO_META_KEY]?: Implementation;
  [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities;
}

/** Reads the client from the request (2026 protocol) or the handshake (2025 protocol). */
export function clientOf({ server }: McpServer, { mcpReq }: ServerContext): Client {
  const envelope: Envelope = { ...mcpReq.envelope };
  const info = envelope[CLIENT_INFO_META_KEY] ?? server.getClientVersion();
  const capabilities = envelope[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities();
  const { elicitation } = capabilities ?? {};
  const name = oneLine(info?.title ?? info?.name ?? '').trim();
  return {
    name: name === '' ? 'Unnamed agent' : name.slice(0, longestName),
    // An empty object means forms, as in the first protocol version with elicitation.
    canAsk: elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined),
  };
}
