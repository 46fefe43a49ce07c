import { rejectReasonGroups, type RejectReason, type RejectReasonGroup } from '@jiapian/rules';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { inLanguage } from './film-words.ts';

/** The reasons of CID 7011 by group; the arrow keys walk through all of them. */
export function RejectReasons(props: {
  readonly reasons: readonly RejectReason[];
  readonly chosen: string | null;
  readonly onChoose: (code: string) => void;
}) {
  const { t, i18n } = useTranslation('review');
  const list = useRef<HTMLDivElement>(null);
  const first = props.reasons[0]?.code;
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, []);
  const walk = (step: number): void => {
    const place = props.reasons.findIndex((reason) => reason.code === props.chosen);
    const next = props.reasons[(place + step + props.reasons.length) % props.reasons.length];
    if (!next) return;
    props.onChoose(next.code);
    list.current?.querySelector<HTMLElement>(`[data-code="${next.code}"]`)?.focus();
  };
  const groups = Object.keys(rejectReasonGroups) as RejectReasonGroup[];
  return (
    <div
      ref={list}
      role="radiogroup"
      tabIndex={-1}
      aria-label={t('reject.reason')}
      className="reject-reasons"
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        walk(step);
      }}
    >
      {groups.map((group) => {
        const own = props.reasons.filter((reason) => reason.group === group);
        if (own.length === 0) return null;
        return (
          <div key={group} className="reject-reason-row">
            <span className="hint">{inLanguage(rejectReasonGroups[group], i18n.language)}</span>
            {own.map((reason) => (
              <button
                key={reason.code}
                type="button"
                role="radio"
                data-code={reason.code}
                aria-checked={reason.code === props.chosen}
                tabIndex={reason.code === (props.chosen ?? first) ? 0 : -1}
                className="reject-choice"
                title={reason.meaning}
                onClick={() => props.onChoose(reason.code)}
              >
                {inLanguage(reason.name, i18n.language)} <small>{reason.code}</small>
              </button>
            ))}
          </div>
        );
      })}
    </div>
  );
}
