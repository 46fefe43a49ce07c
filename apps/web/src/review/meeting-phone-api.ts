import type { MeetingNews, PhoneView, joinListSchema } from '@jiapian/contract';
import type { z } from 'zod';
import type { PhoneGrade } from './meeting-phone-words.ts';

type JoinList = z.infer<typeof joinListSchema>;

/** What the server said no to, by its code; `OFFLINE` when it said nothing. */
export class PhoneProblem extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const ask = async <Answer>(path: string, method = 'GET', body?: unknown): Promise<Answer> => {
  let answer: Response;
  try {
    answer = await fetch(`/api/v1/join${path === '' ? '' : `/${path}`}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new PhoneProblem('OFFLINE');
  }
  const content = (await answer.json().catch(() => ({}))) as { code?: string };
  if (!answer.ok) throw new PhoneProblem(content.code ?? 'OFFLINE');
  return content as Answer;
};

/** The code behind the six signs that were typed. */
export const codeOfTyped = async (typedCode: string): Promise<string> =>
  (await ask<{ code: string }>('', 'POST', { typedCode })).code;

/** The calls of one phone; the token is its only proof, kept on the phone until the meeting is over. */
export const phoneApi = (code: string) => {
  const key = `jiapian.meeting.${code}`;
  const token = (): string => localStorage.getItem(key) ?? '';
  return {
    hasJoined: (): boolean => token() !== '',
    leave: (): void => localStorage.removeItem(key),
    names: () => ask<JoinList>(code),
    join: async (attendeeId: string): Promise<void> => {
      const joined = await ask<{ token: string }>(code, 'POST', { attendeeId });
      localStorage.setItem(key, joined.token);
    },
    view: () => ask<PhoneView>(`${code}/phone?token=${encodeURIComponent(token())}`),
    vote: (number: number, grade: PhoneGrade, reason: string) =>
      ask<PhoneView>(`${code}/vote`, 'PUT', { token: token(), number, grade, reason }),
    /** Calls back after every change; the browser opens the stream again by itself when it was lost. */
    listen: (onChange: (news: MeetingNews | null) => void, onLost: () => void): EventSource => {
      const stream = new EventSource(`/api/v1/join/${code}/events?token=${encodeURIComponent(token())}`);
      stream.addEventListener('changed', ({ data }: MessageEvent<string>) => {
        const news = JSON.parse(data) as Partial<MeetingNews>;
        onChange(news.number === undefined ? null : (news as MeetingNews));
      });
      stream.addEventListener('open', () => onChange(null));
      stream.addEventListener('error', onLost);
      return stream;
    },
  };
};
