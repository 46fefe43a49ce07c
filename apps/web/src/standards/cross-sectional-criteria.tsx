import { europeanCtCriteria, examChecks } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';
import { HintList } from './hint-list.tsx';

/** What CT and MR exams are read with: the check-lists, and the European criteria of CT. */
export function CrossSectionalCriteria() {
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const { edition, note, version, exams } = europeanCtCriteria;
  return (
    <div className="cross-sectional">
      <Card title={t('hints.checks')}>
        {examChecks.map(({ code, name, hints }) => (
          <HintList key={code} title={name[language]} hints={hints} isFolded />
        ))}
      </Card>
      <Card title={edition[language]} remark={t('hints.dataVersion', { version })}>
        <p className="hint">{note[language]}</p>
        {exams.map(({ code, group, name, hints }) => (
          <HintList key={code} title={`${group[language]} · ${name[language]}`} hints={hints} isFolded />
        ))}
      </Card>
    </div>
  );
}
