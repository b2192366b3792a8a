import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

/** A mail in plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** Address that ends mail of this kind with one POST, for mail programs (RFC 8058); absent where the mail cannot be turned off. */
  oneClick?: string;
}

/** How mail leaves. `send` answers with the message id and throws when the mail could not be handed over. */
export interface Mailer {
  send(mail: Mail): Promise<string>;
}

export class MailError extends Error {
  override readonly name = 'MailError';
}

/** A line end in a header would let its writer add headers (and recipients) of their own. */
function checkHeaders(mail: Mail): void {
  for (const [name, value] of Object.entries({ to: mail.to, subject: mail.subject })) {
    if (/\p{Cc}/u.test(value)) throw new MailError(`The mail's ${name} holds control characters.`);
  }
  if (/[,;<>]/.test(mail.to)) throw new MailError('The mail names more than one plain address.');
}

/** The mail as the transports take it. */
function messageOf({ to, subject, text, oneClick }: Mail, from: string) {
  const headers =
    oneClick === undefined
      ? {}
      : { 'List-Unsubscribe': `<${oneClick}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  return { from, to, subject, text, headers };
}

/** Hands mail to an SMTP server. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  return {
    async send(mail) {
      checkHeaders(mail);
      const sent = await transport.sendMail({
        ...messageOf(mail, from),
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return sent.messageId;
    },
  };
}

/** Time first, so that the folder lists in the order of sending; no character that a file system refuses. */
function fileNameAt(now: Date): string {
  return `${now.toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`;
}

/**
 * Writes mail as .eml files, which any mail program opens: every link can be followed without a mail server. A file appears whole or
 * not at all.
 */
export function folderMailer(folder: string, from: string, clock: () => Date): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      checkHeaders(mail);
      const now = clock();
      const built = await transport.sendMail({ ...messageOf(mail, from), date: now });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, fileNameAt(now));
      await writeFile(`${path}.part`, built.message, { mode: 0o600 });
      await rename(`${path}.part`, path);
      return built.messageId;
    },
  };
}

/** SMTP where it is set, else files in the data folder. */
export function createMailer(options: {
  smtpUrl: string | null;
  mailFrom: string;
  dataDir: string;
  clock: () => Date;
}): Mailer {
  if (options.smtpUrl !== null) return smtpMailer(options.smtpUrl, options.mailFrom);
  return folderMailer(join(options.dataDir, 'mail'), options.mailFrom, options.clock);
}
