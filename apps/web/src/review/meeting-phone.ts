import type { MeetingNews, PhoneView } from '@jiapian/contract';
import './meeting-phone.css';
import { codeOfTyped, phoneApi, PhoneProblem } from './meeting-phone-api.ts';
import { element, gradeKey, nameKey } from './meeting-phone-parts.ts';
import { filled, loadPhoneWords, phoneLocale, type PhoneGrade, type PhoneWords } from './meeting-phone-words.ts';

// A page of its own, without the application: a few kilobytes on a phone that nobody signs in on.
const phoneGrades: readonly PhoneGrade[] = ['A', 'B', 'C', 'reject'];
/** The server may be away longer than the stream tries for; the phone looks again all the same. */
const LOOK_AGAIN_MS = 5000;

const root = document.getElementById('phone');
const code = /^\/meet\/(.+)$/.exec(location.pathname)?.[1] ?? '';
const api = phoneApi(code);
let words: PhoneWords;
let stream: EventSource | null = null;
let shown: PhoneView | null = null;
let problem = '';
let isOver = false;
let isLooking = false;
let looksAgain = false;
/** How often something was heard: an answer that was asked for before may be older. */
let heard = 0;

const other = (): 'zh-CN' | 'en' => (phoneLocale() === 'en' ? 'zh-CN' : 'en');
const switchLanguage = async (): Promise<void> => {
  words = await loadPhoneWords(other());
  await look();
};

const show = (...parts: readonly (Node | null)[]): void => {
  const bar = element('header', {}, [
    element('b', {}, [shown?.title ?? words.title]),
    element('button', { type: 'button', class: 'plain', lang: other() }, [words.other], () => void switchLanguage()),
  ]);
  root?.replaceChildren(
    bar,
    ...(problem === '' ? [] : [element('p', { class: 'problem', role: 'alert' }, [problem])]),
    ...parts.filter((part) => part !== null),
  );
};

const tell = (error: unknown): string => {
  const failed = error instanceof PhoneProblem ? error.code : 'OFFLINE';
  return words.problem[failed] ?? words.problem['OTHER'] ?? failed;
};

const showNames = async (): Promise<void> => {
  const list = await api.names();
  const join = (attendeeId: string): void => {
    api.join(attendeeId).then(
      () => {
        problem = '';
        void begin();
      },
      (error: unknown) => {
        problem = tell(error);
        void look();
      },
    );
  };
  show(
    element('h1', {}, [list.title]),
    element('p', {}, [words.who]),
    element(
      'div',
      { class: 'names' },
      list.names.map((each) => nameKey(each, words, () => join(each.attendeeId))),
    ),
  );
};

const standing = (view: PhoneView): keyof PhoneWords['state'] => {
  if (!view.isOpen) return 'over';
  if (view.phase !== 'voting') return view.phase;
  if (view.isOwnFilm) return 'own';
  return view.vote === null ? 'voting' : 'voted';
};

const showVote = (view: PhoneView): void => {
  shown = view;
  const reason = element('input', {
    ...{ type: 'text', maxlength: '200', placeholder: words.reason, 'aria-label': words.reason, value: view.reason },
  }) as HTMLInputElement;
  const cast = (grade: PhoneGrade): void => {
    const before = heard;
    api.vote(view.number, grade, reason.value.trim()).then(
      (next) => {
        problem = '';
        showVote(next);
        if (heard !== before) void look();
      },
      (error: unknown) => {
        problem = tell(error);
        showVote(view);
        void look();
      },
    );
  };
  if (view.vote !== null && view.mayVote) {
    reason.addEventListener('change', () => view.vote !== null && cast(view.vote));
  }
  show(
    element('p', { class: 'who' }, [
      `${view.name} · ${filled(words.film, { number: view.number, films: view.films })}`,
    ]),
    element('h1', {}, [words.state[standing(view)]]),
    view.decidedGrade === null
      ? null
      : element('p', { class: `decided ink-${view.decidedGrade}` }, [
          filled(words.decided, { grade: words.grade[view.decidedGrade] }),
        ]),
    element(
      'div',
      { class: 'grades', role: 'group' },
      phoneGrades.map((grade) => gradeKey(grade, view, words, () => cast(grade))),
    ),
    view.mayVote ? reason : null,
  );
};

const over = (): void => {
  isOver = true;
  stream?.close();
  stream = null;
  api.leave();
  problem = '';
  show(element('h1', {}, [words.state.over]));
};

/** Without a code in the address: the six signs from the wall. */
const askCode = (): void => {
  const typed = element('input', {
    ...{ type: 'text', maxlength: '8', autocapitalize: 'characters', autocomplete: 'off', 'aria-label': words.code },
  }) as HTMLInputElement;
  const enter = (): void => {
    codeOfTyped(typed.value).then(
      (found) => location.replace(`/meet/${found}`),
      (error: unknown) => {
        problem = tell(error);
        askCode();
      },
    );
  };
  typed.addEventListener('change', enter);
  show(
    element('h1', {}, [words.code]),
    element('div', { class: 'names' }, [typed, element('button', { type: 'button' }, [words.enter], enter)]),
  );
  typed.focus();
};

const refresh = async (): Promise<void> => {
  if (isOver) return over();
  if (code === '') return askCode();
  if (!api.hasJoined()) return showNames();
  const view = await api.view();
  problem = '';
  // Someone who types a reason is not interrupted by a vote of another.
  if (isTyping() && isSame(view, shown)) return undefined;
  showVote(view);
  return undefined;
};
const isTyping = (): boolean => document.activeElement instanceof HTMLInputElement;
const isSame = (one: PhoneView, other: PhoneView | null): boolean => JSON.stringify(one) === JSON.stringify(other);

const isGone = (error: unknown): boolean => error instanceof PhoneProblem && error.code === 'REVIEW_MEETING_NOT_FOUND';

/** The name was freed, or the meeting is over: the code says which. */
const leaveOrOver = async (error: unknown): Promise<void> => {
  if (!isGone(error)) {
    problem = tell(error);
    if (shown) showVote(shown);
    else show();
    return;
  }
  const hadJoined = shown !== null || api.hasJoined();
  stream?.close();
  api.leave();
  try {
    await showNames();
  } catch (failed) {
    if (!isGone(failed)) {
      problem = tell(failed);
      show();
    } else if (hadJoined) over();
    else show(element('h1', {}, [words.problem['REVIEW_MEETING_NOT_FOUND'] ?? '']));
  }
};

/** One question at a time; what happens meanwhile is asked for after it, so that the newest answer is shown last. */
const look = async (): Promise<void> => {
  looksAgain = true;
  if (isLooking) return;
  isLooking = true;
  while (looksAgain) {
    looksAgain = false;
    await refresh().catch(leaveOrOver);
  }
  isLooking = false;
};

/** News of the film on this phone is shown as it comes; another film has to be asked for. */
const hear = (news: MeetingNews | null): void => {
  heard += 1;
  if (!news || !shown || news.number !== shown.number || !news.isOpen) return void look();
  problem = '';
  showVote({ ...shown, ...news, mayVote: news.phase === 'voting' && !shown.isOwnFilm });
  if (isLooking) void look();
  return undefined;
};

const begin = async (): Promise<void> => {
  stream?.close();
  if (api.hasJoined()) {
    stream = api.listen(hear, () => {
      problem = words.offline;
    });
  }
  await look();
};

const start = async (): Promise<void> => {
  words = await loadPhoneWords(phoneLocale());
  await begin();
  setInterval(() => {
    // After the end no news comes any more: what failed is asked again.
    if (stream && (stream.readyState !== EventSource.OPEN || problem !== '')) void look();
    if (stream?.readyState === EventSource.CLOSED) void begin();
  }, LOOK_AGAIN_MS);
};
void start();
