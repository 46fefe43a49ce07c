import { sampleSize } from '@jiapian/rules';
import { InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../ui/card.tsx';

/** How many films must be read for a rate to be known as well as wanted. */
export function SampleSizeHelper() {
  const { t } = useTranslation('tasks');
  const [expected, setExpected] = useState(80);
  const [halfWidth, setHalfWidth] = useState(5);
  const [films, setFilms] = useState<number | null>(1000);
  const wanted = { expected: expected / 100, halfWidth: halfWidth / 100 };
  const needed = films === null ? sampleSize(wanted) : sampleSize(wanted, films);
  return (
    <Card title={t('size.title')} remark={t('size.remark')}>
      <div className="size-fields">
        <label>
          {t('size.expected')}
          <InputNumber min={1} max={99} suffix="%" value={expected} onChange={(value) => setExpected(value ?? 50)} />
        </label>
        <label>
          {t('size.halfWidth')}
          <InputNumber
            min={1}
            max={50}
            prefix="±"
            suffix="%"
            value={halfWidth}
            onChange={(value) => setHalfWidth(value ?? 1)}
          />
        </label>
        <label>
          {t('size.films')}
          <InputNumber min={1} precision={0} value={films} placeholder={t('size.unlimited')} onChange={setFilms} />
        </label>
        <output>{t('size.needed', { count: needed ?? 0 })}</output>
      </div>
    </Card>
  );
}
