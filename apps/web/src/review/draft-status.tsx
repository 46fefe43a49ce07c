import { CloudOutlined, DisconnectOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { ActCap } from './act-cap.tsx';
import type { DraftStanding } from './use-draft.ts';

export function DraftStatus(props: {
  readonly standing: DraftStanding;
  readonly mayUndo: boolean;
  readonly onUndo: () => void;
  readonly onKeys: () => void;
  readonly onPause: () => void;
}) {
  const { t } = useTranslation('review');
  const time = useHospitalTime();
  const { standing } = props;
  return (
    <>
      <span role="status" className="draft-status">
        {standing.kind === 'saved' ? (
          <>
            <CloudOutlined className="ink-A" /> {t('draft.saved', { time: time.second(standing.at) })}
          </>
        ) : null}
        {standing.kind === 'kept-here' ? (
          <span className="ink-C">
            <DisconnectOutlined /> {t('draft.keptHere')}
          </span>
        ) : null}
      </span>
      {props.mayUndo ? (
        <button type="button" className="foot-button" onClick={props.onUndo}>
          <ActCap act="undo" /> {t('gradeBar.undo')}
        </button>
      ) : null}
      <button type="button" className="foot-button" onClick={props.onPause}>
        <ActCap act="pause" /> {t('pause.button')}
      </button>
      <button type="button" className="foot-button" onClick={props.onKeys}>
        <ActCap act="keys" /> {t('gradeBar.keys')}
      </button>
    </>
  );
}
