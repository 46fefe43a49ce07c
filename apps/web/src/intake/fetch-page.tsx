import { ApplicationsCard } from './applications-card.tsx';
import { FetchPlansCard } from './fetch-plans-card.tsx';

/** Settings: the DICOM applications that we call, and what is fetched from archives. */
export function FetchPage() {
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <FetchPlansCard />
      <ApplicationsCard />
    </div>
  );
}
