import { rejectReasonGroups, type RejectReasonGroup, type ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';

/** Why a film may be rejected, as the PACS is told. */
export function RejectReasonList({ standard }: { standard: ReviewStandard }) {
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <Card title={t('reasons.title')} remark={t('reasons.remark')}>
      <dl className="facts">
        {(Object.keys(rejectReasonGroups) as RejectReasonGroup[]).map((group) => (
          <div key={group} style={{ display: 'contents' }}>
            <dt>{rejectReasonGroups[group][language]}</dt>
            <dd>
              {standard.rejectReasons
                .filter((reason) => reason.group === group)
                .map((reason) => (
                  <div key={reason.code} title={reason.meaning}>
                    {reason.name[language]} <span className="hint">DCM {reason.code}</span>
                  </div>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
