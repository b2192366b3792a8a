import type { Logger } from 'pino';
import type { Mail, Mailer } from './mailer.ts';

/** Sends mail in the background: nobody waits for a mail server, and how long it takes tells nobody whether there was a mail. */
export interface Post {
  send(mail: Mail): void;
  /** Prepares mail in the background too: work that must not show in how long an answer takes. */
  prepare(task: () => Promise<void>): void;
  /** Resolves when all mail so far was handed over or given up. */
  drain(): Promise<void>;
}

/** A mail that cannot be sent is logged, without its text (which holds a one-time link); it can be asked for again. */
export function createPost(mailer: Mailer, log: Logger): Post {
  const underWay = new Set<Promise<void>>();
  const follow = (work: Promise<void>, subject: string): void => {
    const followed = work
      .catch((error: unknown) => {
        log.error({ event: 'mail_failed', err: error, subject }, 'mail could not be sent');
      })
      .finally(() => underWay.delete(followed));
    underWay.add(followed);
  };
  const deliver = async (mail: Mail): Promise<void> => {
    const messageId = await mailer.send(mail);
    log.info({ event: 'mail_sent', messageId, subject: mail.subject }, 'mail sent');
  };
  return {
    send(mail) {
      follow(deliver(mail), mail.subject);
    },
    prepare(task) {
      follow(task(), 'in preparation');
    },
    async drain() {
      // What is being prepared may send more.
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
