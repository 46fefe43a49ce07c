import type { ReadingDraft } from '@jiapian/contract';
import { useEffect, useRef, useState } from 'react';
import { saveDraft } from './review-queries.ts';

export type DraftStanding =
  { readonly kind: 'none' | 'unsaved' } | { readonly kind: 'saved' | 'kept-here'; readonly at: Date };

/** Quiet time after the last change. */
const QUIET_MS = 700;
const RETRY_MS = 5_000;
const keyOf = (filmId: string): string => `jiapian.draft.${filmId}`;

/** A draft that did not reach the server waits in this browser. */
export const draftKeptHere = (filmId: string): ReadingDraft | null => {
  const text = sessionStorage.getItem(keyOf(filmId));
  return text === null ? null : (JSON.parse(text) as ReadingDraft);
};
export const keepDraft = (filmId: string, draft: ReadingDraft): void =>
  sessionStorage.setItem(keyOf(filmId), JSON.stringify(draft));
export const forgetDraft = (filmId: string): void => sessionStorage.removeItem(keyOf(filmId));

/** Saves the sheet a moment after every change; when that fails, keeps it here and tries on. */
export const useDraft = (filmId: string, content: ReadingDraft, isEnabled: boolean): DraftStanding => {
  const text = JSON.stringify(content);
  const saved = useRef(text);
  const [standing, setStanding] = useState<DraftStanding>({ kind: 'none' });

  useEffect(() => {
    if (!isEnabled || text === saved.current) return undefined;
    let isCurrent = true;
    sessionStorage.setItem(keyOf(filmId), text);
    setStanding({ kind: 'unsaved' });
    let timer = setTimeout(function save() {
      saveDraft(filmId, JSON.parse(text) as ReadingDraft)
        .then(() => {
          if (!isCurrent) return;
          saved.current = text;
          forgetDraft(filmId);
          setStanding({ kind: 'saved', at: new Date() });
        })
        .catch(() => {
          if (!isCurrent) return;
          setStanding({ kind: 'kept-here', at: new Date() });
          timer = setTimeout(save, RETRY_MS);
        });
    }, QUIET_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [filmId, text, isEnabled]);

  return standing;
};
