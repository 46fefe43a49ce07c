import type { Meeting } from '@jiapian/contract';
import { Popover, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';

const qrSize = 116;
const largeQrSize = 420;

/** How phones come in: the code, large on request, and who is there. */
export function MeetingJoin({ meeting, onFree }: { meeting: Meeting; onFree: (attendeeId: string) => void }) {
  const { t } = useTranslation('meeting');
  const address = `${location.origin}/meet/${meeting.joinCode}`;
  const code = (size: number) => (
    <QRCode value={address} size={size} bordered={false} color="#000000" bgColor="#ffffff" type="svg" />
  );
  return (
    <section className="meeting-join" aria-label={t('join')}>
      <Popover content={<div className="meeting-qr">{code(largeQrSize)}</div>} trigger="click">
        <button type="button" className="meeting-qr" aria-label={t('enlarge')}>
          {code(qrSize)}
        </button>
      </Popover>
      <div>
        <p>{t('scan')}</p>
        <p className="hint">{t('scanText')}</p>
        {meeting.typedCode === null ? null : (
          <p className="meeting-typed">
            <a className="meeting-address" href={address} target="_blank" rel="noreferrer">
              {location.host}/meet
            </a>{' '}
            <strong>{meeting.typedCode}</strong>
          </p>
        )}
        <ul className="meeting-people">
          {meeting.attendees.map(({ attendeeId, name, hasJoined, hasVoted, isOwnFilm }) => (
            <li key={attendeeId} className={hasJoined ? undefined : 'meeting-absent'}>
              {hasJoined ? (
                <button
                  type="button"
                  title={t('free', { name })}
                  aria-label={t('free', { name })}
                  onClick={() => onFree(attendeeId)}
                >
                  {name}
                </button>
              ) : (
                name
              )}
              {isOwnFilm ? ` ${t('ownFilm')}` : hasVoted ? ' ✓' : ''}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
