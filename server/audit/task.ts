import type { Task } from '../jobs/service.ts';
import { checkSentence, isSound } from './check.ts';
import type { AuditService } from './service.ts';

/** The nightly check of the log; a fault makes it fail, so that it stands out among the jobs. */
export function auditTask(audit: Pick<AuditService, 'checkNow'>): Task {
  return {
    name: 'audit-check',
    title: 'Check of the audit log',
    what: 'Follows the chain of fingerprints, plays every decision, and compares where they lead with what is stored.',
    schedule: 'every night at 03:30 UTC',
    cron: '30 3 * * *',
    canStop: true,
    async run({ signal, progress }) {
      const check = await audit.checkNow({ signal, onProgress: progress });
      const sentence = checkSentence(check);
      if (!isSound(check)) throw new Error(sentence);
      return sentence;
    },
  };
}
