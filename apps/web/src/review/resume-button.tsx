import { PauseCircleOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePreference } from '../api/preferences.ts';
import { pausedPlace } from './paused-place.ts';

/** Back to the film at which the reader paused, at this desk or another. */
export function ResumeButton() {
  const { t } = useTranslation('review');
  const navigate = useNavigate();
  const [text, remember] = usePreference('review.paused');
  const place = pausedPlace(text);
  if (!place) return null;
  return (
    <Button
      icon={<PauseCircleOutlined />}
      onClick={() => {
        remember('');
        void navigate({ to: '/review/$filmId', params: { filmId: place.filmId }, search: place.search });
      }}
    >
      {t('pause.resumeAt')}
    </Button>
  );
}
