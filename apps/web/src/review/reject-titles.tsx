import { CheckOutlined } from '@ant-design/icons';
import type { ReadingRequest } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';

type Title = NonNullable<NonNullable<ReadingRequest['reject']>['title']>;
/** PS3.16 CID 7010. */
const titles: readonly { title: Title; code: string }[] = [
  { title: 'quality', code: '113001' },
  { title: 'safety', code: '113037' },
  { title: 'worklist', code: '113038' },
];

/** What archives that have the film are told: the quality, the patient's safety, or a wrong worklist entry. */
export function RejectTitles({
  chosen,
  onChoose,
}: {
  readonly chosen: Title;
  readonly onChoose: (title: Title) => void;
}) {
  const { t } = useTranslation('review');
  return (
    <section className="reject-step">
      <h3>
        <span className="reject-tick reject-tick-done">
          <CheckOutlined />
        </span>
        {t('reject.noteTitle')}
        <small>{t(chosen === 'worklist' ? 'reject.noteTitleWorklist' : 'reject.noteTitleHint')}</small>
      </h3>
      <div className="reject-affects" role="radiogroup" aria-label={t('reject.noteTitle')}>
        {titles.map(({ title, code }) => (
          <button
            key={title}
            type="button"
            role="radio"
            aria-checked={chosen === title}
            className="reject-choice"
            onClick={() => onChoose(title)}
          >
            {t(`reject.noteTitleChoice.${title}`)} <small>{code}</small>
          </button>
        ))}
      </div>
    </section>
  );
}
