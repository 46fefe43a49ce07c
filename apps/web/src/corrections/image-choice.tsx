import type { ExamDetail } from '@jiapian/contract';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';

/** The images of an exam to choose from, series by series. */
export function ImageChoice(props: {
  readonly series: ExamDetail['series'];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation('corrections');
  const set = (uids: readonly string[], isOn: boolean): void => {
    const next = new Set(props.chosen);
    for (const uid of uids) {
      if (isOn) next.add(uid);
      else next.delete(uid);
    }
    props.onChange(next);
  };
  return (
    <fieldset className="correction-images">
      <legend>{t('form.images', { count: props.chosen.size })}</legend>
      {props.series.map((series) => {
        const uids = series.instances.map((one) => one.sopInstanceUid);
        const on = uids.filter((uid) => props.chosen.has(uid)).length;
        return (
          <div key={series.seriesInstanceUid}>
            <Checkbox
              checked={on === uids.length && on > 0}
              indeterminate={on > 0 && on < uids.length}
              onChange={(event) => set(uids, event.target.checked)}
            >
              {[series.modality, series.description || series.protocolName].filter(Boolean).join(' · ') ||
                t('form.series')}
            </Checkbox>
            <div className="correction-image-row">
              {series.instances.map((one, index) => (
                <Checkbox
                  key={one.sopInstanceUid}
                  checked={props.chosen.has(one.sopInstanceUid)}
                  onChange={(event) => set([one.sopInstanceUid], event.target.checked)}
                >
                  {t('form.image', { number: one.instanceNumber ?? index + 1 })}
                </Checkbox>
              ))}
            </div>
          </div>
        );
      })}
    </fieldset>
  );
}
