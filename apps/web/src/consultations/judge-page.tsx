import { LeftOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import '../review/grade-bar.css';
import '../review/score-sheet.css';
import { TaskWorkstation } from '../review/task-workstation.tsx';
import '../review/task-workstation.css';
import '../review/verdict-box.css';
import '../review/viewer-panel.css';
import '../review/workstation.css';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { benchFilmQuery, judgeFilm } from './consultation-queries.ts';

const route = getRouteApi('/signed-in/consultations/$consultationId/films/$number');

/** One film before one judge: the same viewer and sheet as a second reading, fully blind. */
export function JudgePage() {
  const { t } = useTranslation('consultations');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { consultationId, number } = route.useParams();
  const film = useQuery(benchFilmQuery(consultationId, Number(number)));
  const back = (
    <Link to="/consultations/$consultationId" params={{ consultationId }} className="work-back">
      <LeftOutlined /> {t('one')}
    </Link>
  );
  if (film.isError) {
    return (
      <main className="work-problem">
        <ProblemNotice problem={asProblem(film.error)} onRetry={() => void film.refetch()} />
        {back}
      </main>
    );
  }
  if (!film.data) return <main className="work task-work" aria-busy="true" aria-label={t('loading')} />;
  return (
    <TaskWorkstation
      key={`${consultationId} ${number}`}
      detail={film.data}
      taskId={consultationId}
      desk={{
        back,
        save: async (reading) => {
          const { nextNumber } = await judgeFilm(consultationId, Number(number), reading);
          void message.success(t(nextNumber === null ? 'judgedAll' : 'judgedOne'));
          void client.invalidateQueries({ queryKey: ['tasks'] });
          await (nextNumber === null
            ? navigate({ to: '/consultations/$consultationId', params: { consultationId } })
            : navigate({
                to: '/consultations/$consultationId/films/$number',
                params: { consultationId, number: String(nextNumber) },
              }));
        },
      }}
    />
  );
}
