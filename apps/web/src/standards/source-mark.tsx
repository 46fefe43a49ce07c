import { CheckCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { sources, type Sourced } from '@jiapian/rules';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';

/** Where a number or a wording comes from, and whether somebody has looked it up there. */
export function SourceMark({ sourced }: { sourced: Sourced }) {
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const names = sourced.source.split(/,\s*/).map((key) => sources[key]?.[language] ?? key);
  return (
    <Tooltip title={names.join(language === 'en' ? '; ' : ';')}>
      <span tabIndex={0} className={sourced.verified ? 'source-mark source-good' : 'source-mark source-open'}>
        {sourced.verified ? <CheckCircleOutlined /> : <QuestionCircleOutlined />}
        {t(sourced.verified ? 'verified' : 'unverified')}
        <span className="hint">{sourced.source}</span>
      </span>
    </Tooltip>
  );
}
