import { pinyin } from 'pinyin-pro';

/**
 * What a person may type to find a Chinese name: the full pinyin without tones, and its initials.
 * `张伟` gives `zhangwei zw`; a name without Chinese characters gives itself in lower case.
 */
export const pinyinKey = (name: string): string => {
  const syllables = pinyin(name, {
    toneType: 'none',
    type: 'array',
    surname: 'head',
    v: true,
    nonZh: 'consecutive',
  }).map((syllable) => syllable.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const spoken = syllables.filter((syllable) => syllable !== '');
  const full = spoken.join('');
  const initials = spoken.map((syllable) => syllable[0] ?? '').join('');
  return full === initials ? full : `${full} ${initials}`;
};
