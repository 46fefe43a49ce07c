import nodemailer from 'nodemailer';
import type { MailServer } from './mail-settings.ts';

/** What the mail server said to one mail. */
export type PostResult = { ok: true } | { ok: false; reply: number | undefined; words: string };

/** Reaching, greeting and each reply; a server that is silent for longer is taken for unreachable. [PD] */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
const longestWords = 300;

/** Hands one mail to the hospital's server. It says how many notices wait and where, and nothing else. */
export const postMail = async (
  server: MailServer,
  password: string | undefined,
  mail: { to: string; noticeCount: number },
): Promise<PostResult> => {
  const transport = nodemailer.createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...(server.username === '' ? {} : { auth: { user: server.username, pass: password ?? '' } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  });
  try {
    await transport.sendMail({ from: server.fromAddress, to: mail.to, ...wordsOf(mail.noticeCount, server.link) });
    return { ok: true };
  } catch (error) {
    const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
    const words = [code, message].filter((part) => part !== undefined).join(': ');
    return { ok: false, reply: responseCode, words: withoutSecret(words, password).slice(0, longestWords) };
  } finally {
    transport.close();
  }
};

const withoutSecret = (words: string, password: string | undefined): string =>
  password === undefined || password === '' ? words : words.replaceAll(password, '***');

const wordsOf = (count: number, link: string): { subject: string; text: string } => ({
  subject: `甲片：您有 ${count} 条通知 / Jiapian: ${count} ${count === 1 ? 'notice' : 'notices'}`,
  text: [
    `您有 ${count} 条未读通知，请登录查看：`,
    `You have ${count} unread ${count === 1 ? 'notice' : 'notices'}. Sign in to read:`,
    link,
    '',
    '邮件地址和开关：科室与权限 → 邮件通知 / Address and switch: Dept. and access → Mail notices',
  ].join('\n'),
});
