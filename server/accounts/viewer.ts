import type { Role } from './schema.ts';

/** Who asks: the signed-in account as every feature sees it. */
export interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly clusterId: string | null;
  readonly smeId: string | null;
}
