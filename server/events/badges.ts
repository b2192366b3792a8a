import { createHmac } from 'node:crypto';
import type { Connection } from 'mongoose';
import { renderSVG } from 'uqr';
import { hashToken } from '../accounts/tokens.ts';
import { HttpProblem } from '../http/errors.ts';
import { badgeModel, type BadgeRecord } from './model.ts';

export interface BadgesDeps {
  readonly connection: Connection;
  /** The session secrets, newest first. */
  readonly secrets: readonly string[];
  readonly publicUrl: () => string;
}

/** The links on badges that check an SME in. */
export interface Badges {
  /**
   * The check-in link of each SME, as text and as a QR code. A sheet that is printed again holds the same links; only their hashes are kept.
   */
  of(
    eventId: string,
    smeIds: readonly string[],
  ): Promise<ReadonlyMap<string, { checkInUrl: string; qrSvg: string }>>;
  /** Whom a badge checks in where. @throws HttpProblem 410 where it is none of ours */
  read(token: string): Promise<{ eventId: string; smeId: string }>;
  /** Makes the badges of an SME worthless. */
  erase(smeId: string): Promise<void>;
}

export function createBadges({ connection, secrets, publicUrl }: BadgesDeps): Badges {
  const badges = badgeModel(connection);
  const [secret = ''] = secrets;

  const tokenOf = (eventId: string, smeId: string): string =>
    createHmac('sha256', secret).update(`badge\n${eventId}\n${smeId}`).digest('base64url');

  return {
    async of(eventId, smeIds) {
      const sheet = smeIds.map((smeId) => ({ smeId, token: tokenOf(eventId, smeId) }));
      await badges.bulkWrite(
        sheet.map(({ smeId, token }) => ({
          updateOne: {
            filter: { _id: hashToken(token) },
            update: { $setOnInsert: { eventId, smeId } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
      return new Map(
        sheet.map(({ smeId, token }) => {
          // Behind '#', so that the token is in no log of any server.
          const checkInUrl = `${publicUrl()}/check-in#${token}`;
          return [smeId, { checkInUrl, qrSvg: renderSVG(checkInUrl, { border: 2, ecc: 'M' }) }];
        }),
      );
    },
    async read(token) {
      const badge = await badges.findById(hashToken(token)).lean<BadgeRecord>().exec();
      if (badge) return { eventId: badge.eventId, smeId: badge.smeId };
      const detail = 'This badge is not known here. Ask at the desk: staff can check you in.';
      throw new HttpProblem({ status: 410, code: 'badge-not-valid', detail });
    },
    async erase(smeId) {
      await badges.deleteMany({ smeId }).exec();
    },
  };
}
