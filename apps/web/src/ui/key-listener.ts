import { useEffect, useRef } from 'react';

/** Letters act only when no text field has the focus. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.tagName === 'TEXTAREA' ||
    target.tagName === 'SELECT' ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)));

/** Names of keys as `event.code` for letters and digits (the same place on every layout), `event.key` for the rest. */
export const keyName = (event: KeyboardEvent): string => {
  const letter = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1];
  const name = letter ?? event.key;
  return event.shiftKey && letter !== undefined ? `Shift+${name}` : name;
};

/** Calls `onKey` for every key that is not typed into a field; returning true means the key is used up. */
export const useKeys = (onKey: (name: string, event: KeyboardEvent) => boolean, isActive = true): void => {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    if (!isActive) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      if (latest.current(keyName(event), event)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [isActive]);
};
