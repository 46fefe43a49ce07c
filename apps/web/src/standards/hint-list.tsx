import type { PositionHint } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { SourceMark } from './source-mark.tsx';

/** Criteria beside the library's signs, each with where it comes from and whether it was looked up there. */
export function HintList({ title, hints }: { readonly title: string; readonly hints: readonly PositionHint[] }) {
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <section className="position-hints">
      <h3>{title}</h3>
      <dl className="facts">
        {hints.map((hint) => (
          <div key={`${hint.kind}-${hint.text.en}`} style={{ display: 'contents' }}>
            <dt>{t(`hints.${hint.kind}`)}</dt>
            <dd>
              {hint.text[language]} <SourceMark sourced={hint} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
