import type { PhoneView } from '@jiapian/contract';
import { filled, type PhoneGrade, type PhoneWords } from './meeting-phone-words.ts';

/** An element with its attributes, its content and what a press does. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: readonly (Node | string)[] = [],
  onPress?: () => void,
): HTMLElement => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  if (onPress) made.addEventListener('click', onPress);
  return made;
};

const shapes: Readonly<Record<PhoneGrade, string>> = { A: '●', B: '■', C: '▲', reject: '✕' };

export const nameKey = (
  person: { readonly name: string; readonly isTaken: boolean },
  words: PhoneWords,
  onPress: () => void,
): HTMLElement => {
  const attributes = { type: 'button', ...(person.isTaken ? { disabled: '' } : {}) };
  return element(
    'button',
    attributes,
    [person.isTaken ? filled(words.taken, { name: person.name }) : person.name],
    onPress,
  );
};

/** One grade to press; after the reveal with its votes. */
export const gradeKey = (grade: PhoneGrade, view: PhoneView, words: PhoneWords, onPress: () => void): HTMLElement => {
  const votes = view.tally?.find((each) => each.grade === grade)?.votes;
  return element(
    'button',
    {
      type: 'button',
      class: `ink-${grade}`,
      'aria-pressed': String(view.vote === grade),
      ...(view.mayVote ? {} : { disabled: '' }),
    },
    [
      element('span', { 'aria-hidden': 'true' }, [shapes[grade]]),
      words.grade[grade],
      ...(votes === undefined ? [] : [element('b', {}, [String(votes)])]),
    ],
    onPress,
  );
};
