import type { PositionHint } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { SourceMark } from './source-mark.tsx';

/** Criteria beside the library's signs, each with where it comes from and whether it was looked up there. */
export function HintList(props: {
  readonly title: string;
  readonly hints: readonly PositionHint[];
  /** Beside a film only the heading stands open. */
  readonly isFolded: boolean;
}) {
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <details className="position-hints" open={!props.isFolded}>
      <summary>{props.title}</summary>
      <dl className="facts">
        {props.hints.map((hint) => (
          <div key={`${hint.kind}-${hint.text.en}`} style={{ display: 'contents' }}>
            <dt>{t(`hints.${hint.kind}`)}</dt>
            <dd>
              {hint.text[language]} <SourceMark sourced={hint} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
