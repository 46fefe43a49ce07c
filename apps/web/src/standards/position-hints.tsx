import { checksFor, europeanCriteria, europeanCtCriteria, europeanCtExamsFor, fiveBlocks } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { HintList } from './hint-list.tsx';

/** What the standards say of a film besides its own signs: by its position, or by what a CT or MR exam is of. */
export function PositionHints(props: {
  readonly positionCode: string | null;
  readonly modality: string;
  readonly description: string;
  readonly isFolded?: boolean;
}) {
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const isFolded = props.isFolded ?? false;
  const blocks = fiveBlocks[props.positionCode ?? ''];
  const european = europeanCriteria[props.positionCode ?? ''];
  return (
    <>
      {blocks ? <HintList title={t('hints.fiveBlocks')} hints={blocks} isFolded={isFolded} /> : null}
      {european ? <HintList title={t('hints.european')} hints={european} isFolded={isFolded} /> : null}
      {checksFor(props.modality, props.description).map(({ code, name, hints }) => (
        <HintList key={code} title={name[language]} hints={hints} isFolded={isFolded} />
      ))}
      {europeanCtExamsFor(props.modality, props.description).map(({ code, name, hints }) => (
        <HintList
          key={code}
          title={`${t('hints.europeanCt', { version: europeanCtCriteria.version })} · ${name[language]}`}
          hints={hints}
          isFolded={isFolded}
        />
      ))}
    </>
  );
}
