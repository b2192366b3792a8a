import { createHmac } from 'node:crypto';
import { trusted, type Connection } from 'mongoose';
import { renderSVG } from 'uqr';
import { hashToken } from '../../accounts/tokens.ts';
import { HttpProblem } from '../../http/errors.ts';
import { WorkedOut } from '../../storage/worked-out.ts';
import { badgeModel, type BadgeRecord } from '../model.ts';

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

/** A badge as it is printed, and the hash that is kept of its link. */
interface Badge {
  readonly _id: string;
  readonly smeId: string;
  readonly checkInUrl: string;
  readonly qrSvg: string;
}

/** Sheets kept in memory; one of 500 badges is half a megabyte. */
const SHEETS = 10;

export function createBadges({ connection, secrets, publicUrl }: BadgesDeps): Badges {
  const badges = badgeModel(connection);
  const drawn = new WorkedOut(SHEETS);
  const [secret = ''] = secrets;

  const tokenOf = (eventId: string, smeId: string): string =>
    createHmac('sha256', secret).update(`badge\n${eventId}\n${smeId}`).digest('base64url');

  function draw(eventId: string, smeId: string): Badge {
    const token = tokenOf(eventId, smeId);
    // Behind '#', so that the token is in no log of any server.
    const checkInUrl = `${publicUrl()}/check-in#${token}`;
    const qrSvg = renderSVG(checkInUrl, { border: 2, ecc: 'M' });
    return { _id: hashToken(token), smeId, checkInUrl, qrSvg };
  }

  /** Keeps what the links stand for; a sheet that is printed again writes nothing. */
  async function keep(eventId: string, sheet: readonly Badge[]): Promise<void> {
    const kept = await badges
      .find({ _id: trusted({ $in: sheet.map(({ _id }) => _id) }) }, { _id: 1 })
      .lean<Pick<BadgeRecord, '_id'>[]>()
      .exec();
    const known = new Set(kept.map(({ _id }) => _id));
    const fresh = sheet.filter(({ _id }) => !known.has(_id));
    if (fresh.length === 0) return;
    await badges.bulkWrite(
      fresh.map(({ _id, smeId }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: { eventId, smeId } }, upsert: true },
      })),
      { ordered: false },
    );
  }

  return {
    async of(eventId, smeIds) {
      const sheet = drawn.of(publicUrl(), ['sheet', eventId, ...smeIds], () =>
        smeIds.map((smeId) => draw(eventId, smeId)),
      );
      await keep(eventId, sheet);
      return new Map(sheet.map(({ smeId, checkInUrl, qrSvg }) => [smeId, { checkInUrl, qrSvg }]));
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
