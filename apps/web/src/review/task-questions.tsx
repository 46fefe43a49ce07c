import type { ReviewStandard } from '@jiapian/rules';
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { inLanguage } from './film-words.ts';
import type { TaskReadingActs } from './use-task-reading.ts';

const REASON_LENGTH_MAX = 500;

/** What a reading needs besides the sheet: why it differs from the rules, and why a film is 废. */
export function TaskQuestions({ reading, standard }: { reading: TaskReadingActs; standard: ReviewStandard }) {
  const { t, i18n } = useTranslation('tasks');
  return (
    <div className="task-questions">
      {reading.isDeciding && reading.grade === 'reject' ? (
        <Select
          aria-label={t('rejectReason')}
          placeholder={t('rejectReason')}
          value={reading.rejectReasonCode}
          onChange={reading.setRejectReasonCode}
          options={standard.rejectReasons.map(({ code, name }) => ({
            value: code,
            label: inLanguage(name, i18n.language),
          }))}
          style={{ width: 220 }}
        />
      ) : null}
      {reading.needsOverride ? (
        <Input
          aria-label={t('overrideReason')}
          placeholder={t('overrideReason')}
          maxLength={REASON_LENGTH_MAX}
          value={reading.overrideReason}
          onChange={(event) => reading.setOverrideReason(event.target.value)}
          onPressEnter={reading.submit}
          style={{ width: 280 }}
        />
      ) : null}
    </div>
  );
}
